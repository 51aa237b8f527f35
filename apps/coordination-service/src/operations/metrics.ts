import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5];

/** What operators watch, in Prometheus format. Labels are codes and kinds of ours, never anything a client sent. */
export class ServiceMetrics {
  readonly registry = new Registry();

  private readonly operations = new Histogram({
    name: 'spil_graphql_operation_seconds',
    help: 'Time to answer a GraphQL operation, by kind and by outcome (ok or the error code).',
    labelNames: ['operation', 'outcome'],
    buckets: seconds,
    registers: [this.registry],
  });
  private readonly refusals = new Counter({
    name: 'spil_refusals_total',
    help: 'Commands refused by the domain, by refusal code.',
    labelNames: ['code'],
    registers: [this.registry],
  });
  private readonly refusalsUnwritten = new Gauge({
    name: 'spil_audit_refusals_waiting',
    help: 'Refusals that are not in the audit database yet.',
    registers: [this.registry],
  });
  private readonly refusalsGone = new Counter({
    name: 'spil_audit_refusals_lost_total',
    help: 'Refusals that never got into the audit database.',
    registers: [this.registry],
  });
  private readonly reviewsOverdue = new Gauge({
    name: 'spil_access_reviews_overdue',
    help: 'Months of the access log that an organisation should have reviewed and has not; NaN when that is not known.',
    registers: [this.registry],
  });
  private readonly appends = new Histogram({
    name: 'spil_event_store_append_seconds',
    help: 'Time of an append to the event store, by outcome.',
    labelNames: ['outcome'],
    buckets: seconds,
    registers: [this.registry],
  });
  private readonly subscriptions = new Gauge({
    name: 'spil_graphql_subscriptions',
    help: 'GraphQL subscriptions that are open now.',
    registers: [this.registry],
  });
  private readonly lag = new Gauge({
    name: 'spil_projection_lag_seconds',
    help: 'Age of the oldest event that a projection has not taken in; 0 when it has caught up, absent when it is not known.',
    labelNames: ['projection'],
    registers: [this.registry],
  });

  private readonly dependencies = new Gauge({
    name: 'spil_dependency_up',
    help: '1 when what the service depends on answered at the last look, else 0.',
    labelNames: ['dependency'],
    registers: [this.registry],
  });

  private readonly issuers = new Gauge({
    name: 'spil_token_issuer_up',
    help: '1 when the last fetch of the keys of this token issuer succeeded, else 0.',
    labelNames: ['issuer'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  operationAnswered(operation: string, outcome: string, durationSeconds: number) {
    this.operations.observe({ operation, outcome }, durationSeconds);
  }
  refused(code: string) {
    this.refusals.inc({ code });
  }
  refusalsWaiting(count: number) {
    this.refusalsUnwritten.set(count);
  }
  refusalsLost(count: number) {
    this.refusalsGone.inc(count);
  }
  accessReviewsOverdue(count: number) {
    this.reviewsOverdue.set(count);
  }
  appended(outcome: 'ok' | 'conflict' | 'unavailable', durationSeconds: number) {
    this.appends.observe({ outcome }, durationSeconds);
  }
  subscriptionOpened() {
    this.subscriptions.inc();
  }
  subscriptionClosed() {
    this.subscriptions.dec();
  }
  dependencyUp(dependency: string, up: boolean) {
    this.dependencies.set({ dependency }, up ? 1 : 0);
  }
  issuerKeysFetched(issuer: string, ok: boolean) {
    this.issuers.set({ issuer }, ok ? 1 : 0);
  }
  projectionLag(projection: string, lagSeconds: number) {
    this.lag.set({ projection }, lagSeconds);
  }
  projectionLagsUnknown() {
    this.lag.reset();
  }
}
