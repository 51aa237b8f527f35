import pg from 'pg';
import { createCodec, type StoredEvent } from '@spil/event-store';
import { createGeneration, dropGeneration, generationsOf, indexGeneration, makeLive } from '@spil/read-model';
import type { Projection } from '../../apps/projection-worker/src/runtime/projection.js';
import { deliver } from '../../apps/projection-worker/src/runtime/delivery.js';
import { takeOver } from '../../apps/projection-worker/src/runtime/load-writer.js';
import type { TestReadModel } from './read-model.js';

/**
 * Gives a read model fresh tables and delivers it a log: each batch as often as asked, so that a projection which counts a
 * duplicate is found out.
 */
export async function projected(
  readModel: TestReadModel,
  projection: Projection,
  log: readonly StoredEvent[],
  options: { readonly deliveries: number; readonly batch?: number } = { deliveries: 2 },
): Promise<void> {
  const owner = new pg.Client({ connectionString: readModel.ownerUrl });
  const worker = new pg.Client({ connectionString: readModel.workerUrl });
  await Promise.all([owner.connect(), worker.connect()]);
  try {
    const old = await generationsOf(owner, projection.name);
    const generation = await createGeneration(owner, projection.name);
    await indexGeneration(owner, generation);
    await makeLive(owner, generation);
    for (const dropped of old) await dropGeneration(owner, dropped);

    const codec = createCodec();
    const deliveries = log.map((stored) => deliver(stored, codec));
    const size = options.batch ?? 50;
    for (let delivery = 0; delivery < options.deliveries; delivery += 1) {
      // A new writer each time: what it knows comes from the database.
      const writer = await takeOver(worker, projection);
      for (let from = 0; from < deliveries.length; from += size) {
        const batch = deliveries.slice(from, from + size);
        const twice = batch
          .flatMap((one) => [one, one])
          .sort((a, b) => Number(a.stored.position.commit - b.stored.position.commit));
        const upTo = batch.at(-1)?.stored.position;
        if (!upTo) continue;
        await worker.query('BEGIN');
        await writer.apply(worker, delivery === 0 ? batch : twice, upTo);
        await worker.query('COMMIT');
      }
    }
  } finally {
    await Promise.all([owner.end(), worker.end()]);
  }
}
