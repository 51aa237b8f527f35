import { readFile } from 'node:fs/promises';
import { deviations } from './deviations.js';
import { renderPilotPage } from './docs-page.js';
import { pilotPlan } from './plan.js';
import { publishedFigures } from './published.js';
import { recount } from './recount.js';

describe('the page with the pilot’s figures', () => {
  const reproduced = recount(pilotPlan());

  it('is current in docs', async () => {
    expect(await readFile('docs/pilot-figures.md', 'utf8')).toBe(renderPilotPage(reproduced));
  });

  it('shows every published figure and every deviation', () => {
    const page = renderPilotPage(reproduced);
    for (const { label } of publishedFigures) expect(page).toContain(`| ${label} `);
    for (const { id, published, against } of deviations) {
      expect(page).toContain(`| ${id} `);
      expect(page).toContain(published);
      expect(page).toContain(against);
    }
  });

  it('names the deviation beside the figure', () => {
    const line = renderPilotPage(reproduced)
      .split('\n')
      .find((each) => each.startsWith('| First-line registrations, Amsterdam '));
    expect(line).toMatch(/123; 35% \(R table 2\.5\) +\| 123; 34% +\| D1: 35%, where the counts give 34%/);
  });

  it('is refused when one count differs from the published one', () => {
    const wrong = new Map(reproduced).set('complete.ZWOLLE', 15);
    expect(() => renderPilotPage(wrong)).toThrow('complete.ZWOLLE: published 16, reproduced 15');
  });
});
