import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ScriptedNode } from './node.js';

/** A program that uses the official client as its documentation shows. */
export interface NaiveProcess {
  /** Resolves once it prints a line; rejects when it ends before. */
  printed(line: string): Promise<void>;
  /** What it wrote to stderr, once it has ended by itself with an error. */
  readonly crashed: Promise<string>;
  kill(): void;
}

const patienceMs = 30_000;

/** Starts one of the scenarios of `naive-program.mjs`; a process that does not end is killed. */
export function startNaiveProcess(scenario: string, nodes: readonly ScriptedNode[]): NaiveProcess {
  const program = fileURLToPath(new URL('./naive-program.mjs', import.meta.url));
  const ports = nodes.map(({ port }) => String(port));
  const child = spawn(process.execPath, [program, scenario, ...ports], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  let written = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written += text));
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const crashed = ended.then((code) => {
    if (code === null || code === 0)
      throw new Error(`it did not crash (${String(code)}): ${lines.join(', ')}`);
    return written;
  });
  // It is looked at by those who expect a crash.
  crashed.catch(() => undefined);
  return {
    printed: (line) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (lines.includes(line)) resolve();
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`it ended and printed ${lines.join(', ')}; ${written}`)));
      }),
    crashed,
    kill: () => child.kill('SIGKILL'),
  };
}
