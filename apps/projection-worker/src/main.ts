import { ConfigError } from '@spil/config';
import { workerConfig } from './config.js';
import { startWorker, type RunningWorker } from './start-worker.js';

try {
  const worker = await startWorker(workerConfig(process.env));
  console.log(`projection worker: health on port ${worker.port}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(worker));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  for (const problem of error.problems) console.error(`projection worker: ${problem}`);
  // What was opened before the problem was met would keep the process alive.
  process.exit(78);
}

async function stop(worker: RunningWorker): Promise<void> {
  await worker.stop();
  process.exit(0);
}
