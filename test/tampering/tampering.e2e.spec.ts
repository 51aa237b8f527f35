import { spawn } from 'node:child_process';

/** A sample of `npm run soak -- --only tampering`, in a process of its own as there. */
const sample = `import { tamperingSoak } from './test/soak/tampering.mjs';
const lines = await tamperingSoak({ runs: 300, seed: Number(process.argv[1]), onProgress: () => undefined });
console.log(lines.join('\\n'));`;

describe('the verifier of audit bundles', () => {
  it('finds every forged history, and finds nothing in one that nobody touched', async () => {
    const seed = String(Date.now() % 1_000_000);
    const child = spawn(process.execPath, ['--input-type=module', '--eval', sample, seed]);
    let said = `seed ${seed}\n`;
    for (const output of [child.stdout, child.stderr])
      output.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    const exit = await new Promise((resolve) => child.once('close', resolve));
    expect({ exit, said }).toEqual({
      exit: 0,
      said: expect.stringMatching(/forged: 300, all found; untouched: \d+ bundles, none doubted/) as unknown,
    });
    const kinds = said.match(/^ +\d+ {2}\S.*$/gm) ?? [];
    expect(kinds.filter((line) => / 0 {2}/.test(line)).length).toBeLessThan(kinds.length / 2);
  }, 120_000);
});
