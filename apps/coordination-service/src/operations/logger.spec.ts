import { createLogger, NestLogger } from './logger.js';
import { newTrace, withinTrace } from './trace.js';

describe('the log', () => {
  const lines: string[] = [];
  const logger = createLogger('debug', { write: (line) => void lines.push(line) });
  const canary = 'Canary van der Vogel';
  beforeEach(() => lines.splice(0));

  it('keeps what an error quotes out, and tells its kind, code, place and cause', () => {
    const cause = Object.assign(new TypeError(`${canary}\n    at ${canary}`), { code: 'E1', detail: canary });
    logger.error({ err: new Error(`failed for ${canary}`, { cause }) }, 'it failed');
    expect(lines.join()).not.toContain(canary);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      msg: 'it failed',
      err: { kind: 'Error', cause: { kind: 'TypeError', code: 'E1' } },
    });
  });

  it('keeps what the framework was thrown out as well', () => {
    new NestLogger(logger).error(new Error(canary), 'ExceptionsHandler');
    new NestLogger(logger).error({ name: canary }, canary.repeat(2) + '\n at stack', 'Context');
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain(canary);
  });

  it('carries the trace of the request', () => {
    const trace = newTrace('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
    withinTrace(trace, () => logger.info('hello'));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c' });
  });

  it('starts a trace of its own when the caller sent none or nonsense', () => {
    for (const header of [
      undefined,
      '',
      'x',
      `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
      `00-${canary}-1-01`,
    ])
      expect(newTrace(header).traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
  });
});
