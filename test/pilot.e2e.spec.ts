import { readFile } from 'node:fs/promises';
import { renderPilotPage } from '../apps/standalone/src/pilot/docs-page.js';
import { publishedFigures } from '../apps/standalone/src/pilot/published.js';
import { figuresOf, reproducedFigures } from './support/pilot-figures.js';
import { startSpil, type RunningSpil } from './support/spil.js';

describe('the pilot, sent through the public API and asked back through it', () => {
  let spil: RunningSpil;
  let figures: Map<string, number>;

  beforeAll(async () => {
    spil = await startSpil({ pilot: true });
    // A power failure in the middle of the load; the next start goes on where it was.
    await spil.printed(/pilot .* [1-9]\d*%/);
    await spil.kill9();
    spil = await spil.restart();
    await spil.printed(/^The pilot is loaded/);
    figures = await reproducedFigures(spil);
  }, 240_000);

  afterAll(async () => {
    await spil.stop();
    await spil.clean();
  });

  it.each(
    publishedFigures.filter(({ count }) => count !== null).map(({ id, label, count }) => [label, id, count]),
  )('gives the published count: %s', (_label, id, count) => {
    expect(figures.get(id) ?? 0).toBe(count);
  });

  it('gives the figures that the docs page shows beside the published ones', async () => {
    expect(renderPilotPage(figures)).toBe(await readFile('docs/pilot-figures.md', 'utf8'));
  });

  it('leaves 51 contacts whose counterpart was not recorded: unknown is a value (R footnote 7)', () => {
    const known = [...figures].filter(([id]) => id.startsWith('sought.') && !id.endsWith('.UNKNOWN'));
    const soughtKnown = known.reduce((sum, [, count]) => sum + count, 0);
    expect((figures.get('contact.succeeded') ?? 0) - soughtKnown).toBe(51);
  });

  it('had recorded nothing of the pilot before it was loaded', async () => {
    const before = await figuresOf(spil, { asOf: '2021-06-01T00:00:00Z' });
    expect(before.byKind).toEqual([]);
  });
});
