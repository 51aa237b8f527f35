import { readFile } from 'node:fs/promises';
import { purposes } from '@spil/access';
import { activityFor, processingActivities } from './processing-activities.js';

describe('the register of processing activities', () => {
  it('describes every activity that a row can name, and no other, with the purpose that leads to it', async () => {
    const page = await readFile('docs/privacy/processing-activities.md', 'utf8');
    const described = [...page.matchAll(/^\| `([a-z-]+)` +\| (?:`([A-Z_]+)`|any) +\|/gm)];
    expect(described.map(([, id]) => id)).toEqual(processingActivities);
    expect(described.flatMap(([, id, purpose]) => (purpose === undefined ? [] : [[purpose, id]]))).toEqual(
      expect.arrayContaining(purposes.map((purpose) => [purpose, activityFor(purpose, 'CLIENT')])),
    );
  });

  it('has one activity for the details of professionals, whatever they are looked up for', () => {
    for (const purpose of purposes) expect(activityFor(purpose, 'PROFESSIONAL')).toBe('directory');
  });
});
