import { ConfigError } from '@spil/config';
import { readConfig } from './config.js';
import { createService } from './create-service.js';

try {
  const service = await createService(await readConfig(process.env));
  console.log(`coordination service: GraphQL on ${service.graphqlUrl}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(service));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  for (const problem of error.problems) console.error(`coordination service: ${problem}`);
  // What was opened before the problem was met would keep the process alive.
  process.exit(78);
}

async function stop(service: { close(): Promise<void> }) {
  await service.close();
  process.exit(0);
}
