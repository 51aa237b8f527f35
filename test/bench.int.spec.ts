import { startEventNode } from '@spil/embedded';
import { historyOf, openCommandPath, withKeys } from '../bench/support/command-path.js';
import { seedLog } from '../bench/support/log.js';
import { freshDatabase } from './support/database.js';

describe('the bench', () => {
  it('sends commands the way of the service', async () => {
    const [log, keysDatabase] = await Promise.all([freshDatabase(), freshDatabase()]);
    try {
      await (await startEventNode({ databaseUrl: log.url })).stop();
      const seeded = await seedLog(log.url, historyOf(1));
      const node = await startEventNode({ databaseUrl: log.url });
      try {
        await withKeys(keysDatabase.url, async (keys) => {
          const path = await openCommandPath({
            connectionString: `esdb://127.0.0.1:${node.port}?tls=false`,
            keys,
          });
          try {
            await path.settle();
            expect(await path.attempt(0)).toBeGreaterThan(BigInt(seeded));
          } finally {
            await path.close();
          }
        });
      } finally {
        await node.stop();
      }
    } finally {
      await Promise.all([log.drop(), keysDatabase.drop()]);
    }
  });
});
