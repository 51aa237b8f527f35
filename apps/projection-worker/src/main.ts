import { asWrongAddress, ConfigError } from '@spil/config';
import { startTracing } from '@spil/telemetry';
import { workerConfig } from './config.js';
import { startWorker } from './start-worker.js';

try {
  const config = workerConfig(process.env);
  const tracing = await startTracing({
    service: 'projection-worker',
    url: config.tracesUrl,
    onError: (what) => console.error(`projection worker: ${what}`),
  });
  const worker = await startWorker(config).catch((error: unknown) => {
    throw asWrongAddress(error, config.host, { host: 'SPIL_WORKER_HOST', port: 'SPIL_WORKER_PORT' });
  });
  const stop = async (): Promise<void> => {
    await worker.stop();
    await tracing.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  console.log(`projection worker: health on port ${worker.port}`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  for (const problem of error.problems) console.error(`projection worker: ${problem}`);
  // What was opened before the problem was met would keep the process alive.
  process.exit(78);
}
