import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isTracing, spanInTrace, startTracing, withActive, withinSpan } from './index.js';

interface Sent {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status: { readonly message?: string };
}

describe('tracing', () => {
  const sent: Sent[] = [];
  let collector: Server;

  beforeAll(async () => {
    collector = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        const { resourceSpans } = JSON.parse(body) as {
          resourceSpans: { scopeSpans: { spans: Sent[] }[] }[];
        };
        sent.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => collector.close());

  const work = (): Promise<string> =>
    withinSpan('outer', {}, () => withinSpan('inner', {}, () => Promise.resolve('done')));

  it('is off without a place to send to, and work is done all the same', async () => {
    const tracing = await startTracing({ service: 'test', url: undefined });
    expect(isTracing()).toBe(false);
    expect(await work()).toBe('done');
    await tracing.stop();
    expect(sent).toEqual([]);
  });

  it('sends what it recorded before it stops: spans one below the other, in the trace that was asked for', async () => {
    const { port } = collector.address() as AddressInfo;
    const tracing = await startTracing({ service: 'test', url: `http://127.0.0.1:${port}/v1/traces` });
    const traceId = 'abcdef0123456789abcdef0123456789';
    const root = spanInTrace('root', {}, { traceId });
    await withActive(root, work);
    root.end();
    const failing = withinSpan('failing', {}, () => Promise.reject(new TypeError('what a person wrote')));
    await expect(failing).rejects.toThrow('what a person wrote');
    await tracing.stop();

    const named = (name: string): Sent | undefined => sent.find((span) => span.name === name);
    expect(named('root')).toMatchObject({ traceId });
    expect(named('root')?.parentSpanId).toBeUndefined();
    expect(named('outer')).toMatchObject({ traceId, parentSpanId: named('root')?.spanId });
    expect(named('inner')).toMatchObject({ traceId, parentSpanId: named('outer')?.spanId });
    expect(named('failing')?.status.message).toBe('TypeError');
    expect(JSON.stringify(sent)).not.toContain('what a person wrote');
    expect(isTracing()).toBe(false);
  });
});
