import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config-error.js';
import { Environment } from './environment.js';
import { tracesUrlFrom } from './traces-url.js';

/** @throws ConfigError */
const traces = (values: Record<string, string>): string | undefined => {
  const environment = new Environment(values);
  const url = tracesUrlFrom(environment, values);
  environment.check();
  return url;
};
const url = 'http://collector.invalid:4318/v1/traces';

describe('where traces go', () => {
  it('is nowhere unless somebody says so', () => {
    expect(traces({ SPIL_TRACES_URL: ' ', OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toBeUndefined();
  });

  it('is what SPIL_TRACES_URL says, whatever the standard variables say', () => {
    expect(traces({ SPIL_TRACES_URL: url, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://other.invalid' })).toBe(url);
  });

  it('is what the file says that SPIL_TRACES_URL_FILE names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'spil-traces-url-'));
    try {
      const file = join(folder, 'traces-url');
      await writeFile(file, `${url}\n`);
      expect(traces({ SPIL_TRACES_URL_FILE: file })).toBe(url);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.each(['http://collector.invalid:4318', 'http://collector.invalid:4318/'])(
    'is the standard path below the standard endpoint %s',
    (endpoint) => {
      expect(traces({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })).toBe(url);
    },
  );

  it.each(
    ['SPIL_TRACES_URL', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'].flatMap(
      (variable) =>
        ['collector:4318', 'grpc://collector.invalid', 'http://'].map((text) => [variable, text] as const),
    ),
  )('is refused, with the name of the variable, where %s is %s', (variable, text) => {
    expect(() => traces({ [variable]: text })).toThrow(
      new ConfigError([`${variable} must be a URL that starts with http:// or https://`]),
    );
  });
});
