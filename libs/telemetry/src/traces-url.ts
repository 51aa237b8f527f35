/** Where traces go, or which variable does not say so properly. */
export interface TracesPlace {
  /** Undefined: nothing is traced. */
  readonly url?: string;
  readonly problem?: { readonly name: string; readonly what: string };
}

/** OTLP/HTTP appends this path to the endpoint of a collector. */
const tracesPath = '/v1/traces';

/**
 * Where traces are sent: `SPIL_TRACES_URL` whole, or the standard `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` (whole) or
 * `OTEL_EXPORTER_OTLP_ENDPOINT` (of the collector).
 */
export function tracesPlace(values: Readonly<Record<string, string | undefined>>): TracesPlace {
  for (const name of ['SPIL_TRACES_URL', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']) {
    const url = values[name]?.trim();
    if (url) return checked(name, url);
  }
  const collector = values['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim();
  if (!collector) return {};
  return checked('OTEL_EXPORTER_OTLP_ENDPOINT', collector.replace(/\/$/, '') + tracesPath);
}

const checked = (name: string, url: string): TracesPlace =>
  /^https?:\/\/./.test(url) && URL.canParse(url)
    ? { url }
    : { problem: { name, what: 'must be a URL that starts with http:// or https://' } };
