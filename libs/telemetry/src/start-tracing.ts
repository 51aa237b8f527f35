import { diag, DiagLogLevel } from '@opentelemetry/api';
import { setTracing, traceIdAskedFor } from './spans.js';

export interface TracingOptions {
  /** How the spans of this process name it, for example `coordination-service`. */
  readonly service: string;
  /** Where they are sent, by OTLP over HTTP; undefined leaves tracing off. */
  readonly url: string | undefined;
  /** Told when spans cannot be delivered; they are lost then, and nothing else is. */
  readonly onError?: (what: string) => void;
}

export interface RunningTracing {
  /** Delivers what is still waiting. */
  stop(): Promise<void>;
}

/** Milliseconds that spans wait for company. */
const deliveryDelay = 1_000;
/** Milliseconds that a delivery may take; a collector that hangs must not hold up a stop. */
const deliveryTimeout = 3_000;

/**
 * Sends the spans of this process to a collector. Without a URL nothing of OpenTelemetry beyond its interface is even
 * loaded. Once per process, before there is anything to trace.
 */
export async function startTracing({ service, url, onError }: TracingOptions): Promise<RunningTracing> {
  if (url === undefined) return { stop: () => Promise.resolve() };
  const [
    { BatchSpanProcessor, NodeTracerProvider, RandomIdGenerator },
    { OTLPTraceExporter },
    { resourceFromAttributes },
  ] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const report = (): void => onError?.('traces could not be delivered');
  // What the library says may hold the collector's answer; that it failed is enough.
  diag.setLogger(
    {
      error: report,
      warn: () => undefined,
      info: () => undefined,
      debug: () => undefined,
      verbose: () => undefined,
    },
    DiagLogLevel.ERROR,
  );
  const random = new RandomIdGenerator();
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'spil' }),
    idGenerator: {
      generateTraceId: () => traceIdAskedFor() ?? random.generateTraceId(),
      generateSpanId: () => random.generateSpanId(),
    },
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url, timeoutMillis: deliveryTimeout }), {
        scheduledDelayMillis: deliveryDelay,
      }),
    ],
  });
  provider.register();
  setTracing(true);
  return {
    stop: async () => {
      setTracing(false);
      await provider.shutdown().catch(report);
    },
  };
}
