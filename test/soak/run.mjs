// `npm run soak [-- --only NAME] [-- --runs N] [-- --seed N]`: the long random runs, on the built output and a Postgres of their own.
// A further run is a module of this folder that exports a `Soak`, and a line here.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';

const soaks = {
  delivery: {
    runs: 10_000,
    load: async () => (await import('../../dist/test/soak/delivery.js')).deliverySoak,
  },
  access: {
    runs: 1_000_000,
    load: async () => (await import('../../dist/test/soak/access.js')).accessSoak,
  },
  tampering: {
    runs: 100_000,
    load: async () => (await import('./tampering.mjs')).tamperingSoak,
  },
  canaries: {
    runs: 100,
    load: async () => (await import('./canaries.mjs')).canarySoak,
  },
};

const option = { type: 'string' };
const { values } = parseArgs({ options: { only: option, runs: option, seed: option } });
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const chosen = Object.entries(soaks).filter(([name]) => (values.only ?? name) === name);
if (chosen.length === 0) throw new Error(`--only is one of: ${Object.keys(soaks).join(', ')}`);

const { startPostgres } = await import('../../dist/libs/embedded/src/index.js');
const folder = await mkdtemp(join(tmpdir(), 'spil-soak-'));
await chmod(folder, 0o711);
const postgres = await startPostgres({
  dir: join(folder, 'postgres'),
  superuserPassword: 'only-for-tests',
  fast: true,
});
process.env.TEST_POSTGRES_URL = postgres.url('postgres');
const failed = [];
try {
  for (const [name, { runs: usual, load }] of chosen) {
    const runs = Number(values.runs ?? usual);
    console.log(`${name}: ${runs} runs, seed ${seed}`);
    const bar = new SingleBar(
      {
        format: `${name} {bar} {percentage}% | {value}/{total} runs | {duration_formatted}`,
        stream: process.stderr,
        hideCursor: true,
        noTTYOutput: true,
        notTTYSchedule: 30_000,
      },
      Presets.shades_classic,
    );
    const started = performance.now();
    bar.start(runs, 0);
    try {
      const soak = await load();
      const lines = await soak({ runs, seed, onProgress: (done) => bar.increment(done) });
      bar.stop();
      for (const line of lines) console.log(`  ${line}`);
      console.log(`  passed in ${Math.round((performance.now() - started) / 1_000)} s`);
    } catch (error) {
      bar.stop();
      failed.push(name);
      console.error(error);
    }
  }
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
console.log(
  `seed ${seed}: ${chosen.length - failed.length} of ${chosen.length} soaks passed${failed.map((name) => `, FAILED ${name}`).join('')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
