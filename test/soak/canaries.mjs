// A canary in every personal field of many cases, and then everybody is forgotten: the test of that, with `runs` cases.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

/** @type {import('../../dist/test/soak/soak.js').Soak} */
export const canarySoak = async ({ runs, onProgress }) => {
  const child = spawn(process.execPath, [...jest, 'test/erasure/canaries'], {
    env: { ...process.env, SPIL_CANARIES: String(runs) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = [];
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => {
      if (/^case \d+ sung$/.test(line)) onProgress(1);
      else lines.push(line);
    });
  const exit = await new Promise((resolve) => child.once('close', resolve));
  if (exit !== 0) throw new Error(lines.join('\n'));
  return lines.filter((line) => / erasures, the slowest in /.test(line));
};
