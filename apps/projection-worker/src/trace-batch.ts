import { isTracing, spanInTrace, type TracePlace } from '@spil/telemetry';
import { randomBytes } from 'node:crypto';
import type { Delivery } from './runtime/delivery.js';

/** More requests than this in one batch, and it is catching up with traces that nobody waits for any more. */
const tracesPerBatch = 100;

/**
 * Records a batch that was written: once for itself, and once in the trace of every request whose events it took in. The
 * correlation id of an event is the trace id of its request.
 */
export function traceBatch(batch: {
  readonly deliveries: readonly Delivery[];
  readonly seconds: number;
}): void {
  const { deliveries, seconds } = batch;
  if (!isTracing() || deliveries.length === 0) return;
  const endTime = Date.now();
  const startTime = endTime - seconds * 1_000;
  const whole = spanInTrace(
    'write batch',
    { startTime, attributes: { 'spil.events': deliveries.length } },
    { traceId: randomBytes(16).toString('hex') },
  );
  for (const [traceId, types] of [...eventsByTrace(deliveries)].slice(0, tracesPerBatch)) {
    const attributes = { 'spil.event_types': types };
    const links = [{ context: whole.spanContext() }];
    spanInTrace('project', { startTime, attributes, links }, { traceId }).end(endTime);
  }
  whole.end(endTime);
}

function eventsByTrace(deliveries: readonly Delivery[]): Map<TracePlace['traceId'], string[]> {
  const traces = new Map<string, string[]>();
  for (const { content } of deliveries) {
    if (content.kind !== 'known') continue;
    const { correlationId } = content.event.metadata;
    if (!/^[0-9a-f]{32}$/.test(correlationId)) continue;
    traces.set(correlationId, [...(traces.get(correlationId) ?? []), content.event.event.type]);
  }
  return traces;
}
