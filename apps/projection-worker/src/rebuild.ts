import { Command } from 'commander';
import { Presets, SingleBar } from 'cli-progress';
import { connectEventStore, createCodec } from '@spil/event-store';
import { projectionNames } from '@spil/read-model';
import { ConfigurationError, eventStoreConnection, workerConfig } from './config.js';
import { allProjections } from './projections.js';
import { rebuildProjection } from './runtime/rebuild.js';

const program = new Command('rebuild')
  .description('Fills a read model anew from the event store, beside the running one, and switches to it.')
  .argument('[projection]', `one of ${projectionNames.join(', ')}`)
  .option('--all', 'every read model')
  .action(async (name: string | undefined, options: { all?: true }) => {
    const chosen = allProjections.filter((projection) => options.all ?? projection.name === name);
    if (chosen.length === 0)
      throw new ConfigurationError(`name a read model (${projectionNames.join(', ')}) or say --all`);
    const config = workerConfig({ SPIL_WORKER_PORT: '0', ...process.env });
    if (config.readOwnerDatabaseUrl === undefined)
      throw new ConfigurationError(
        'SPIL_READ_OWNER_DATABASE_URL is not set: a rebuild makes and drops tables',
      );
    const store = connectEventStore(eventStoreConnection(config));
    try {
      for (const projection of chosen) {
        const bar = new SingleBar(
          {
            format: `${projection.name.padEnd(10)} {bar} {percentage}% | {duration_formatted}`,
            hideCursor: true,
          },
          Presets.shades_classic,
        );
        bar.start(1_000, 0);
        const { events, generation } = await rebuildProjection(projection, {
          store,
          codec: createCodec(),
          ownerUrl: config.readOwnerDatabaseUrl,
          onProgress: (share) => bar.update(Math.round(share * 1_000)),
        }).finally(() => bar.stop());
        console.log(`${projection.name}: ${events} events, now generation ${generation}`);
      }
    } finally {
      await store.close();
    }
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
  process.exitCode = 1;
}
