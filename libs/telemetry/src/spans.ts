import {
  context,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Span,
  type SpanOptions,
} from '@opentelemetry/api';

export type { Attributes, Span } from '@opentelemetry/api';

/** A trace to add a span to, and the span of the caller below which it goes, if there is one. */
export interface TracePlace {
  /** 32 hexadecimal digits (W3C Trace Context). */
  readonly traceId: string;
  readonly parent?: { readonly spanId: string; readonly sampled: boolean } | undefined;
}

const tracer = trace.getTracer('spil');

/** The trace id that the next root span takes; set for the length of one call only. */
let wantedTraceId: string | undefined;
let tracing = false;

/** Whether this process sends traces. Spans made while it does not cost next to nothing and go nowhere. */
export const isTracing = (): boolean => tracing;

/** Told by whoever starts and stops tracing. */
export const setTracing = (on: boolean): void => {
  tracing = on;
};

/** For the id generator: the id asked for by {@link spanInTrace}, or undefined for a new one. */
export const traceIdAskedFor = (): string | undefined => wantedTraceId;

/**
 * Does work within a span below the current one. A failure is marked with the error's kind only: its message may quote
 * what a person wrote.
 */
export function withinSpan<T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  if (!tracing) return work(nowhere);
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({
        code: SpanStatusCode.ERROR,
        message: error instanceof Error ? error.name : typeof error,
      });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Starts a span in a trace that began elsewhere: in another process, or in a request that was answered meanwhile. */
export function spanInTrace(name: string, options: SpanOptions, { traceId, parent }: TracePlace): Span {
  if (parent) {
    const traceFlags = parent.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
    const above = { traceId, spanId: parent.spanId, traceFlags, isRemote: true };
    return tracer.startSpan(name, options, trace.setSpanContext(ROOT_CONTEXT, above));
  }
  wantedTraceId = traceId;
  try {
    return tracer.startSpan(name, options, ROOT_CONTEXT);
  } finally {
    wantedTraceId = undefined;
  }
}

/** Runs work, and everything it starts, below a span. */
export const withActive = <T>(span: Span, work: () => T): T =>
  context.with(trace.setSpan(context.active(), span), work);

/** The span that this code runs below; undefined when nothing is traced. */
export const currentSpan = (): Span | undefined => (tracing ? trace.getActiveSpan() : undefined);

const nowhere = trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: TraceFlags.NONE });
