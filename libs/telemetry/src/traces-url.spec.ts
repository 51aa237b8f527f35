import { tracesUrlFrom, TracesUrlInvalid } from './traces-url.js';

describe('where traces go', () => {
  it('is nowhere unless somebody says so', () => {
    expect(tracesUrlFrom({ SPIL_TRACES_URL: ' ', OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toBeUndefined();
  });

  it('is what SPIL_TRACES_URL says, whatever the standard variables say', () => {
    const url = 'http://collector.invalid:4318/v1/traces';
    expect(tracesUrlFrom({ SPIL_TRACES_URL: url, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://other.invalid' })).toBe(
      url,
    );
  });

  it.each(['http://collector.invalid:4318', 'http://collector.invalid:4318/'])(
    'is the standard path below the standard endpoint %s',
    (endpoint) => {
      expect(tracesUrlFrom({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })).toBe(
        'http://collector.invalid:4318/v1/traces',
      );
    },
  );

  it.each(['collector:4318', 'grpc://collector.invalid', 'http://'])(
    'refuses %s and names the variable',
    (text) => {
      expect(() => tracesUrlFrom({ SPIL_TRACES_URL: text })).toThrow(TracesUrlInvalid);
      expect(() => tracesUrlFrom({ SPIL_TRACES_URL: text })).toThrow(/^SPIL_TRACES_URL must be a URL/);
    },
  );
});
