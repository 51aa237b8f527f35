/** The environment names no usable place for traces. The message is one line and names the variable. */
export class TracesUrlInvalid extends Error {
  constructor(variable: string) {
    super(`${variable} must be a URL that starts with http:// or https://`);
    this.name = 'TracesUrlInvalid';
  }
}

/** OTLP/HTTP appends this path to the endpoint of a collector. */
const tracesPath = '/v1/traces';

/**
 * Where traces are sent: `SPIL_TRACES_URL` whole, or the standard `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` (whole) or
 * `OTEL_EXPORTER_OTLP_ENDPOINT` (of the collector); undefined when none is set, and then nothing is traced.
 * @throws TracesUrlInvalid
 */
export function tracesUrlFrom(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  for (const variable of ['SPIL_TRACES_URL', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])
    if (environment[variable]?.trim()) return checked(variable, environment[variable].trim());
  const collector = environment['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim();
  return collector
    ? checked('OTEL_EXPORTER_OTLP_ENDPOINT', collector.replace(/\/$/, '') + tracesPath)
    : undefined;
}

function checked(variable: string, text: string): string {
  if (!/^https?:\/\/./.test(text) || !URL.canParse(text)) throw new TracesUrlInvalid(variable);
  return text;
}
