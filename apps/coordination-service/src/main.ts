import { ConfigError, readConfig } from './config.js';
import { createService } from './create-service.js';

try {
  const service = await createService(await readConfig(process.env));
  console.log(`coordination service: GraphQL on ${service.graphqlUrl}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(service));
} catch (cause) {
  if (!(cause instanceof ConfigError)) throw cause;
  console.error(`The service cannot start:\n${cause.message}`);
  process.exitCode = 78;
}

async function stop(service: { close(): Promise<void> }) {
  await service.close();
  process.exit(0);
}
