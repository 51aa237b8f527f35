import { asWrongAddress, ConfigError } from '@spil/config';
import { startTracing } from '@spil/telemetry';
import { readConfig } from './config.js';
import { createService } from './create-service.js';

try {
  const config = await readConfig(process.env);
  const tracing = await startTracing({
    service: 'coordination-service',
    url: config.tracesUrl,
    onError: (what) => console.error(`coordination service: ${what}`),
  });
  const service = await createService(config).catch((error: unknown) => {
    throw asWrongAddress(error, config.host, { host: 'SPIL_HOST', port: 'SPIL_PORT' });
  });
  const stop = async (): Promise<void> => {
    await service.close();
    await tracing.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  console.log(`coordination service: GraphQL on ${service.graphqlUrl}`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  for (const problem of error.problems) console.error(`coordination service: ${problem}`);
  // What was opened before the problem was met would keep the process alive.
  process.exit(78);
}
