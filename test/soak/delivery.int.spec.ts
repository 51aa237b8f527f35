import { deliverySoak } from './delivery.js';

describe('a sample of the delivery orders', () => {
  it('leaves the read models as a fresh fold makes them, whatever happens on the way', async () => {
    let done = 0;
    const lines = await deliverySoak({
      runs: 50,
      seed: Date.now() % 1_000_000,
      onProgress: (runs) => (done += runs),
    });

    expect(done).toBe(50);
    expect(lines[0]).toMatch(/^50 delivery orders/);
  });
});
