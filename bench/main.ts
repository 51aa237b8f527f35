import { Command } from 'commander';
import { access } from './access.js';
import { commands } from './commands.js';
import { figures } from './figures.js';
import { graphqlList } from './graphql-list.js';
import { projections } from './projections.js';
import { proof } from './proof.js';
import { running } from './running.js';
import { start } from './start.js';
import { inPlace, type Bench } from './support/place.js';
import { Report } from './support/report.js';
import { worklist } from './worklist.js';

const measurements: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  commands,
  access,
  projections,
  figures,
  worklist,
  proof,
  graphql: graphqlList,
  running,
  start,
};

const names = Object.keys(measurements);
const program = new Command('bench')
  .description('Measures how fast Spil is, most figures as a ratio of two things measured in one run.')
  .option('--only <name>', `one of: ${names.join(', ')}`)
  .option('--scale <factor>', 'sizes times this; for trying the bench itself', Number, 1)
  .option('--seed <number>', 'of all that is random', Number, 1)
  .option('--minutes <number>', 'how long memory is watched under a steady load', Number, 0.5)
  .option('--markdown', 'prints the rows of the table in docs/performance.md at the end')
  .parse();
const { only, scale, seed, minutes, markdown } = program.opts<{
  only?: string;
  scale: number;
  seed: number;
  minutes: number;
  markdown?: true;
}>();
const chosen = Object.entries(measurements).filter(([name]) => only === undefined || name === only);
if (chosen.length === 0) program.error(`--only is one of: ${names.join(', ')}`);

const report = new Report();
report.machine();
report.note(`seed ${seed}, scale ${scale}`);
const started = performance.now();
const failed: string[] = [];
await inPlace(report, { scale, seed, minutes }, async (bench) => {
  for (const [name, measure] of chosen) {
    const began = performance.now();
    try {
      await measure(bench);
      report.note(`${name}: ${Math.round((performance.now() - began) / 1_000)} s`);
    } catch (error) {
      // The others are still worth having; the run as a whole has failed.
      failed.push(name);
      console.error(`${name} failed:`, error);
    }
  }
});
const seconds = Math.round((performance.now() - started) / 1_000);
console.log(
  `${report.summary()}, in ${seconds} s${failed.length > 0 ? `; failed: ${failed.join(', ')}` : ''}`,
);
if (markdown) console.log(report.markdown());
process.exitCode = failed.length > 0 ? 1 : 0;
