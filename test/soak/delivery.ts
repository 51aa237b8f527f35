import fc from 'fast-check';
import { DeliveryBed, noCounts } from '../support/delivery/delivery-bed.js';
import { anyDeliveryOrder } from '../support/delivery/delivery-order.js';
import type { Soak } from './soak.js';

/** Orders that are delivered at the same time, each to read models of its own. */
const lanes = 3;

/** Whatever order events arrive in, however often, and wherever it breaks off: the read models end as a fresh fold makes them. */
export const deliverySoak: Soak = async ({ runs, seed, onProgress }) => {
  const counts = noCounts();
  const lane = async (number: number, share: number): Promise<void> => {
    const bed = await DeliveryBed.make();
    try {
      await fc.assert(
        fc.asyncProperty(anyDeliveryOrder, async (order) => {
          await bed.deliver(order);
          onProgress(1);
        }),
        { numRuns: share, seed: seed + number },
      );
    } finally {
      await bed.drop();
    }
    const { poison, ...numbers } = bed.counts;
    for (const [name, count] of Object.entries(numbers) as [keyof typeof numbers, number][])
      counts[name] += count;
    for (const [kind, count] of Object.entries(poison) as [keyof typeof poison, number][])
      counts.poison[kind] += count;
  };
  const used = Math.min(lanes, runs);
  const ended = await Promise.allSettled(
    Array.from({ length: used }, (_, number) =>
      lane(number, Math.floor(runs / used) + (number < runs % used ? 1 : 0)),
    ),
  );
  for (const lane of ended) if (lane.status === 'rejected') throw lane.reason;
  const { orders, events, items, again, subscriptions, lostConnections, batches, ahead, poison } = counts;
  if (orders >= 50 && ahead === 0) throw new Error('no batch was folded while another was written');
  return [
    `${orders} delivery orders of ${events} events: ${items} deliveries, ${again} of them repeated, in ${batches} batches`,
    `${ahead} times documents were looked up while the batch before was written`,
    `${subscriptions} subscriptions, ${lostConnections} connections lost in the middle of a batch`,
    `poison: ${poison.NONSENSE} made no sense, ${poison.MALFORMED} malformed, ${poison.REFUSED} refused by the database, ${poison.ROWLESS} without rows`,
    'each time every row as a fresh fold makes it, parked exactly what was poisoned, and no checkpoint went back',
  ];
};
