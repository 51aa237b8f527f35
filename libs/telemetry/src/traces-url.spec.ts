import { tracesPlace } from './traces-url.js';

describe('where traces go', () => {
  it('is nowhere unless somebody says so', () => {
    expect(tracesPlace({ SPIL_TRACES_URL: ' ', OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toEqual({});
  });

  it('is what SPIL_TRACES_URL says, whatever the standard variables say', () => {
    const url = 'http://collector.invalid:4318/v1/traces';
    expect(
      tracesPlace({ SPIL_TRACES_URL: url, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://other.invalid' }),
    ).toEqual({
      url,
    });
  });

  it.each(['http://collector.invalid:4318', 'http://collector.invalid:4318/'])(
    'is the standard path below the standard endpoint %s',
    (endpoint) => {
      expect(tracesPlace({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })).toEqual({
        url: 'http://collector.invalid:4318/v1/traces',
      });
    },
  );

  it.each(['collector:4318', 'grpc://collector.invalid', 'http://'])(
    'is refused as %s, by the name of its variable',
    (text) => {
      expect(tracesPlace({ SPIL_TRACES_URL: text })).toEqual({
        problem: { name: 'SPIL_TRACES_URL', what: expect.stringMatching(/^must be a URL/) as string },
      });
    },
  );
});
