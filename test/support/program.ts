import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program that runs in a process of its own. */
export interface Program {
  /** Everything it has printed, line by line. */
  readonly lines: readonly string[];
  /** Resolves with the first line that matches; at once when it was printed already. @throws Error when the program ends first */
  printed(pattern: RegExp): Promise<string>;
  /** Resolves when it has ended, with its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Sends a signal and resolves with the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts a program with exactly these environment variables. */
export function startProgram(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Program {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return {
    lines,
    ended,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const line = lines.find((one) => pattern.test(one));
          if (line === undefined) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
        ended.then(
          (code) => reject(new Error(`${command} ended (${code}) before ${pattern}:\n${lines.join('\n')}`)),
          reject,
        );
      }),
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
