import { EventEmitter, once } from 'node:events';
import { jest } from '@jest/globals';
import { withClock } from './progress-bar.js';

describe('a clock', () => {
  let said: string;

  beforeEach(() => {
    said = '';
    jest.useFakeTimers();
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  /** A work of so many milliseconds. */
  const lasting = async (ms: number): Promise<void> => {
    const work = new EventEmitter();
    const shown = withClock('starting', () => once(work, 'done'));
    await jest.advanceTimersByTimeAsync(ms);
    work.emit('done');
    await shown;
  };

  it('says nothing of what takes a moment', async () => {
    await lasting(900);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(said).toBe('');
  });

  it('says after a second what is being done, and goes on saying how long it takes', async () => {
    await lasting(12_000);
    expect(said).toContain('starting | 1s');
    expect(said).toContain('starting | 11s');
  });

  it('says nothing more once the work has failed', async () => {
    const failing = withClock('starting', () => Promise.reject(new Error('no room')));
    await expect(failing).rejects.toThrow('no room');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(said).toBe('');
  });
});
