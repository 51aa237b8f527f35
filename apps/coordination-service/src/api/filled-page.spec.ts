import fc from 'fast-check';
import { filledPage } from './filled-page.js';

describe('a page of kept rows', () => {
  it('holds the first rows that are kept, however many between them are not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 10 }),
        async (keeps, first) => {
          const rows = keeps.map((keep, id) => ({ id, keep }));
          const page = await filledPage<(typeof rows)[number]>(
            first,
            (last) => Promise.resolve(rows.filter(({ id }) => id > (last?.id ?? -1)).slice(0, first)),
            (some) => Promise.resolve(some.filter(({ keep }) => keep)),
          );
          expect(page).toEqual(rows.filter(({ keep }) => keep).slice(0, first));
        },
      ),
    );
  });
});
