import { connectEventStore, EventStoreUnavailable, type EventStore } from '@spil/event-store';
import type { ServiceConfig } from '../config.js';
import type { Logger } from '../operations/logger.js';
import type { ServiceMetrics } from '../operations/metrics.js';

/** Connects to the event store on first use, and measures every append. */
export function openEventStore(config: ServiceConfig, metrics: ServiceMetrics, logger: Logger): EventStore {
  const { url, user, password } = config.eventStore;
  const store = connectEventStore({
    connectionString: url,
    credentials: { username: user, password },
    onError: (error) => logger.warn({ err: error }, 'the event store client reports an error'),
  });
  return {
    ...store,
    async append(...args) {
      const started = performance.now();
      const measured = (outcome: 'ok' | 'conflict' | 'unavailable') =>
        metrics.appended(outcome, (performance.now() - started) / 1000);
      try {
        const result = await store.append(...args);
        measured('ok');
        return result;
      } catch (error) {
        measured(error instanceof EventStoreUnavailable ? 'unavailable' : 'conflict');
        throw error;
      }
    },
  };
}
