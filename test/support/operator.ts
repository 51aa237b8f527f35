import { spawn, type ChildProcess } from 'node:child_process';

/** What a run of the operators' tool came to. */
export interface ToolRun {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const executable = 'dist/apps/operator/src/main.js';

function start(args: readonly string[], environment: NodeJS.ProcessEnv): [ChildProcess, Promise<ToolRun>] {
  const child = spawn(process.execPath, [executable, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const run = new Promise<ToolRun>((resolve) =>
    child.once('close', (exit) => resolve({ exit, stdout, stderr })),
  );
  return [child, run];
}

/** Runs the operators' tool as a program of its own, in an environment that holds nothing else. */
export const runTool = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<ToolRun> =>
  start(args, environment)[1];

/** Runs it with `--json` and parses what it answers. */
export async function askTool(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ readonly exit: number | null; readonly answer: unknown }> {
  const { exit, stdout, stderr } = await runTool([...args, '--json'], environment);
  try {
    return { exit, answer: JSON.parse(stdout) as unknown };
  } catch (cause) {
    throw new Error(`the tool answered no JSON (exit ${exit}): ${stdout}${stderr}`, { cause });
  }
}

/** Runs it until it says something that matches on standard error, and asks it to stop. */
export async function interruptTool(args: readonly string[], when: RegExp): Promise<ToolRun> {
  const [child, run] = start(args, {});
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    const before = when.test(said);
    said += chunk.toString('utf8');
    if (!before && when.test(said)) child.kill('SIGINT');
  });
  return run;
}
