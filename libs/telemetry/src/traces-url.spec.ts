import { tracesUrlFrom } from './traces-url.js';

const traces = (environment: Record<string, string>) => {
  const problems: string[] = [];
  const url = tracesUrlFrom(environment, (variable, what) => problems.push(`${variable} ${what}`));
  return { url, problems };
};

describe('where traces go', () => {
  it('is nowhere unless somebody says so', () => {
    expect(traces({ SPIL_TRACES_URL: ' ', OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toEqual({
      url: undefined,
      problems: [],
    });
  });

  it('is what SPIL_TRACES_URL says, whatever the standard variables say', () => {
    const url = 'http://collector.invalid:4318/v1/traces';
    expect(traces({ SPIL_TRACES_URL: url, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://other.invalid' }).url).toBe(
      url,
    );
  });

  it.each(['http://collector.invalid:4318', 'http://collector.invalid:4318/'])(
    'is the standard path below the standard endpoint %s',
    (endpoint) => {
      expect(traces({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }).url).toBe(
        'http://collector.invalid:4318/v1/traces',
      );
    },
  );

  it.each(['collector:4318', 'grpc://collector.invalid', 'http://'])(
    'refuses %s and names the variable',
    (text) => {
      expect(traces({ SPIL_TRACES_URL: text })).toEqual({
        url: undefined,
        problems: ['SPIL_TRACES_URL must be a URL that starts with http:// or https://'],
      });
    },
  );
});
