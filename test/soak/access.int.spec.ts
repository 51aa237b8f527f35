import { accessSoak } from './access.js';

describe('a sample of random cases', () => {
  it('is seen by the same people whoever decides: policy text, lists, row level security and a plain table', async () => {
    let done = 0;
    const lines = await accessSoak({
      runs: 300,
      seed: Date.now() % 1_000_000,
      onProgress: (cases) => (done += cases),
    });

    expect(done).toBe(300);
    expect(lines[0]).toMatch(/^300 random cases/);
  }, 300_000);
});
