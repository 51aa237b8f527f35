import { startTracing } from '@spil/telemetry';
import { ConfigurationError, workerConfig } from './config.js';
import { startWorker } from './start-worker.js';

try {
  const config = workerConfig(process.env);
  const tracing = await startTracing({
    service: 'projection-worker',
    url: config.tracesUrl,
    onError: (what) => console.error(what),
  });
  const worker = await startWorker(config);
  const stop = async (): Promise<void> => {
    await worker.stop();
    await tracing.stop();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
} catch (error) {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
}
