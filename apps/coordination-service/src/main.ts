import { startTracing } from '@spil/telemetry';
import { ConfigError, readConfig } from './config.js';
import { createService } from './create-service.js';

try {
  const config = await readConfig(process.env);
  const tracing = await startTracing({
    service: 'coordination-service',
    url: config.tracesUrl,
    onError: (what) => console.error(what),
  });
  const service = await createService(config);
  console.log(`coordination service: GraphQL on ${service.graphqlUrl}`);
  const stop = async (): Promise<void> => {
    await service.close();
    await tracing.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
} catch (cause) {
  if (!(cause instanceof ConfigError)) throw cause;
  console.error(`The service cannot start:\n${cause.message}`);
  process.exitCode = 78;
}
