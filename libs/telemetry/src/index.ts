export { startTracing, type RunningTracing, type TracingOptions } from './start-tracing.js';
export {
  currentSpan,
  isTracing,
  spanInTrace,
  withActive,
  withinSpan,
  type Attributes,
  type Span,
  type TracePlace,
} from './spans.js';
