import { startTracing, withinSpan } from './index.js';

describe('tracing to a collector that is not there', () => {
  it('says so, loses the spans and nothing else, and stops in good time', async () => {
    const said: string[] = [];
    const tracing = await startTracing({
      service: 'test',
      url: 'http://127.0.0.1:9/v1/traces',
      onError: (what) => said.push(what),
    });
    expect(await withinSpan('work', {}, () => Promise.resolve('done'))).toBe('done');
    const asked = performance.now();
    await tracing.stop();
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(said).toContain('traces could not be delivered');
  });
});
