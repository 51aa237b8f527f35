import type { ChildProcess } from 'node:child_process';

/** Of a process, in MB. */
export interface Memory {
  /** What is left of heap and buffers after a collection. */
  readonly inUse: number;
  /** Of the whole process, after that collection. */
  readonly resident: number;
}

/** Options of Node with which a process answers {@link askMemory}. */
export const tellsMemory = ['--expose-gc', '--import', new URL('tells-memory.js', import.meta.url).href];

/** Has a process collect its garbage and tell what is left. @throws Error when it ends instead */
export async function askMemory(child: ChildProcess): Promise<Memory> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('the process ended when asked for its memory'));
    child.once('close', ended);
    child.once('message', (answer) => {
      child.off('close', ended);
      resolve(answer as Memory);
    });
    child.send('memory', (error) => error && reject(error));
  });
}
