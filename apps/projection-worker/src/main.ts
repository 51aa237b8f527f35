import { ConfigurationError, workerConfig } from './config.js';
import { startWorker } from './start-worker.js';

try {
  const worker = await startWorker(workerConfig(process.env));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void worker.stop());
} catch (error) {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
}
