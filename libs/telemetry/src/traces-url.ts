/** OTLP/HTTP appends this path to the endpoint of a collector. */
const tracesPath = '/v1/traces';

/**
 * Where traces are sent: `SPIL_TRACES_URL` whole, or the standard `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` (whole) or
 * `OTEL_EXPORTER_OTLP_ENDPOINT` (of the collector); undefined when none is set, and then nothing is traced.
 * @param problem told of the variable that holds no usable URL
 */
export function tracesUrlFrom(
  environment: Readonly<Record<string, string | undefined>>,
  problem: (variable: string, what: string) => void,
): string | undefined {
  const checked = (variable: string, text: string): string | undefined => {
    if (/^https?:\/\/./.test(text) && URL.canParse(text)) return text;
    problem(variable, 'must be a URL that starts with http:// or https://');
    return undefined;
  };
  for (const variable of ['SPIL_TRACES_URL', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])
    if (environment[variable]?.trim()) return checked(variable, environment[variable].trim());
  const collector = environment['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim();
  return collector
    ? checked('OTEL_EXPORTER_OTLP_ENDPOINT', collector.replace(/\/$/, '') + tracesPath)
    : undefined;
}
