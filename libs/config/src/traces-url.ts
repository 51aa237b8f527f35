import type { Environment } from './environment.js';

/** OTLP/HTTP appends this path to the endpoint of a collector. */
const tracesPath = '/v1/traces';

/**
 * Where traces are sent: `SPIL_TRACES_URL` whole, or the standard `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` (whole) or
 * `OTEL_EXPORTER_OTLP_ENDPOINT` (of the collector); undefined when none is set, and then nothing is traced.
 * @param values of the standard variables, which are no variables of Spil
 */
export function tracesUrlFrom(
  environment: Environment,
  values: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const ours = environment.optionalUrl('SPIL_TRACES_URL', ['http:', 'https:']);
  if (ours !== undefined) return ours;
  const checked = (variable: string, text: string): string =>
    /^https?:\/\/./.test(text) && URL.canParse(text)
      ? text
      : environment.problem(variable, 'must be a URL that starts with http:// or https://');
  const whole = values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?.trim();
  if (whole) return checked('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', whole);
  const collector = values.OTEL_EXPORTER_OTLP_ENDPOINT?.trim();
  if (!collector) return undefined;
  const endpoint = checked('OTEL_EXPORTER_OTLP_ENDPOINT', collector);
  return endpoint && endpoint.replace(/\/$/, '') + tracesPath;
}
