import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { TracePlace } from '@spil/telemetry';

/** What follows one request through the service, into its logs, its answers and its events' correlation id. */
export interface Trace {
  /** 32 hexadecimal digits (W3C Trace Context). */
  readonly traceId: string;
  /** The caller's span, when it said one. */
  readonly parent?: TracePlace['parent'];
  /** When the answer must be out, in milliseconds since 1970. */
  readonly deadline: number;
}

/** Every answer is out within this time, also when something we depend on is not there. */
export const requestBudgetMs = 2_800;

const traces = new AsyncLocalStorage<Trace>();

/** Starts a trace, going on with the caller's when it sent a valid `traceparent`. */
export function newTrace(traceparent: unknown): Trace {
  const theirs = typeof traceparent === 'string' ? traceparentPattern.exec(traceparent) : null;
  const [, traceId = '', spanId = '', flags = ''] = theirs ?? [];
  const deadline = Date.now() + requestBudgetMs;
  if (/^0*$/.test(traceId)) return { traceId: randomBytes(16).toString('hex'), deadline };
  if (/^0*$/.test(spanId)) return { traceId, deadline };
  return { traceId, parent: { spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }, deadline };
}

const traceparentPattern = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Runs work, and everything it starts, under a trace. */
export const withinTrace = <T>(trace: Trace, work: () => T): T => traces.run(trace, work);

/** The trace that this code runs under; undefined outside of requests. */
export const currentTrace = (): Trace | undefined => traces.getStore();
