// `npm run faults [-- --seed N] [-- --long]`: every fault run, one after the other; each prints its own figures and verdict. Long runs
// freeze for a minute every time and go on for about an hour.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { seed: { type: 'string' }, long: { type: 'boolean' } } });
const seed = values.seed ?? String(Date.now() % 1_000_000);
const runs = {
  'event-node.mjs': values.long ? ['--rounds', '100'] : ['--rounds', '20'],
  'reconnects.mjs': ['--rounds', '1000'],
  'system.mjs': values.long ? ['--faults', '120', '--freeze-seconds', '60'] : ['--faults', '24'],
};

const failed = [];
for (const [name, options] of Object.entries(runs)) {
  console.log(`\n== ${name} ==`);
  const file = fileURLToPath(new URL(name, import.meta.url));
  const { status } = spawnSync(process.execPath, [file, '--seed', seed, ...options], { stdio: 'inherit' });
  if (status !== 0) failed.push(name);
}
const count = Object.keys(runs).length;
console.log(
  `\nseed ${seed}: ${count - failed.length} of ${count} fault runs passed${failed.map((name) => `, FAILED ${name}`).join('')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
