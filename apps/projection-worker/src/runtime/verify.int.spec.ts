import fc from 'fast-check';
import pg from 'pg';
import { createCodec, type StoredEvent } from '@spil/event-store';
import { caseRegistered, logOf } from '../../../../test/support/case-events.js';
import { projected } from '../../../../test/support/projected.js';
import { freshReadModel, type TestReadModel } from '../../../../test/support/read-model.js';
import { ScriptedStore } from '../../../../test/support/scripted-store.js';
import { anyLog } from '../../../../test/support/figures/random-histories.js';
import { allProjections } from '../projections.js';
import { accessProjection } from '../access/access.projection.js';
import { casesProjection } from '../cases/cases.projection.js';
import { figuresProjection } from '../figures/figures.projection.js';
import type { Projection } from './projection.js';
import { verifyProjection, type Verdict } from './verify.js';

describe('verifying a read model', () => {
  let readModel: TestReadModel;

  beforeAll(async () => {
    readModel = await freshReadModel();
  });
  afterAll(() => readModel.drop());

  const verify = (
    projection: Projection,
    log: readonly StoredEvent[],
    options: { documentsInMemory?: number; onProgress?: (share: number) => void } = {},
  ): Promise<Verdict> => {
    const store = new ScriptedStore();
    store.append(...log);
    return verifyProjection(projection, {
      store,
      codec: createCodec(),
      url: readModel.workerUrl,
      ...options,
    });
  };

  /** Changes rows of the live tables behind everyone's back. */
  const tamper = async (projection: string, statement: (schema: string) => string): Promise<void> => {
    const owner = new pg.Client({ connectionString: readModel.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query<{ schema_name: string }>(
      'SELECT schema_name FROM projection.generation WHERE projection = $1 AND live',
      [projection],
    );
    await owner.query(statement(rows[0]?.schema_name ?? ''));
    await owner.end();
  };

  it.each(allProjections.map((projection) => [projection.name, projection] as const))(
    'finds every row of %s as its events make it, whatever happened and however it was delivered',
    async (_, projection) => {
      await fc.assert(
        fc.asyncProperty(anyLog, fc.integer({ min: 1, max: 20 }), async (log, batch) => {
          await projected(readModel, projection, log, { deliveries: 2, batch });
          const { tables, unfoldable, equal, position } = await verify(projection, log);
          expect({
            differing: tables.filter(({ differences }) => differences > 0),
            unfoldable,
            equal,
          }).toEqual({
            differing: [],
            unfoldable: [],
            equal: true,
          });
          expect(position).toEqual(log.at(-1)?.position);
          for (const { digest, freshDigest } of tables) expect(digest).toBe(freshDigest);
        }),
        { numRuns: 8 },
      );
    },
  );

  it('compares the same when the documents are folded in several parts', async () => {
    const log = logOf(Array.from({ length: 25 }, () => caseRegistered()));
    await projected(readModel, figuresProjection, log);
    const whole = await verify(figuresProjection, log);
    expect(await verify(figuresProjection, log, { documentsInMemory: 4 })).toEqual(whole);
    expect(whole).toMatchObject({ equal: true, events: 25 });
  });

  it('names a row that is missing, one too many and one that differs, and the columns that do', async () => {
    const events = ['a', 'b', 'c'].map((letter) =>
      caseRegistered({ caseId: `${letter.repeat(8)}-0000-4000-8000-000000000000` }),
    );
    const log = logOf(events);
    await projected(readModel, casesProjection, log);
    const [first, second] = events.map(({ caseId }) => caseId);
    await tamper('case', (schema) => `DELETE FROM ${schema}.case_row WHERE case_id = '${first ?? ''}'`);
    await tamper(
      'case',
      (schema) => `UPDATE ${schema}.case_row SET flags = 7 WHERE case_id = '${second ?? ''}'`,
    );
    const { equal, tables } = await verify(casesProjection, log);
    expect(equal).toBe(false);
    const [cases] = tables;
    expect(cases).toMatchObject({
      rows: 2,
      differences: 2,
      examples: [
        { kind: 'missing', key: { case_id: first }, columns: [] },
        { kind: 'different', key: { case_id: second }, columns: ['flags'] },
      ],
    });
    expect(cases?.digest).not.toBe(cases?.freshDigest);

    await projected(readModel, accessProjection, log);
    await tamper(
      'access',
      (schema) =>
        `INSERT INTO ${schema}.case_access SELECT case_id, 'COORDINATOR/NOT_NEEDED/OPEN', organisation_id, location_id, professional_id, until
         FROM ${schema}.case_access WHERE case_id = '${second ?? ''}' AND starts_with(standing, 'OWNER/')`,
    );
    const [, access] = (await verify(accessProjection, log)).tables;
    expect(access).toMatchObject({
      table: 'case_access',
      differences: 1,
      examples: [{ kind: 'surplus', key: { case_id: second, standing: 'COORDINATOR/NOT_NEEDED/OPEN' } }],
    });
  });

  it('compares at the position where the read model stands, not at the end of the log', async () => {
    const log = logOf(Array.from({ length: 6 }, () => caseRegistered()));
    await projected(readModel, casesProjection, log.slice(0, 4));
    expect(await verify(casesProjection, log)).toMatchObject({
      equal: true,
      events: 4,
      position: log[3]?.position,
    });
  });

  it('compares a parked stream as it stood before the event that parked it', async () => {
    const registered = caseRegistered();
    const broken = { ...registered, facts: undefined } as unknown as typeof registered;
    const log = logOf([caseRegistered(), registered, broken, caseRegistered()]);
    await projected(readModel, figuresProjection, log);
    const verdict = await verify(figuresProjection, log);
    expect(verdict).toMatchObject({ parked: 1, equal: true, unfoldable: [] });
  });

  it('fails on a stream that it cannot fold though the read model holds it', async () => {
    const registered = caseRegistered();
    const log = logOf([registered, caseRegistered()]);
    await projected(readModel, casesProjection, log);
    const changed = log.map((stored, at) => (at === 0 ? { ...stored, data: { facts: null } } : stored));
    const { equal, unfoldable } = await verify(casesProjection, changed);
    expect(equal).toBe(false);
    expect(unfoldable).toMatchObject([{ stream: `case-${registered.caseId}`, revision: 0n }]);
  });

  it('refuses tables of another version', async () => {
    await tamper(
      'reference',
      () => `UPDATE projection.generation SET version = 99 WHERE projection = 'reference' AND live`,
    );
    const reference = allProjections.filter(({ name }) => name === 'reference');
    for (const projection of reference)
      await expect(verify(projection, [])).rejects.toThrow(/of version 99, this release writes version \d+/);
  });

  it('tells how far it is, ending at the whole', async () => {
    const log = logOf(Array.from({ length: 2_100 }, () => caseRegistered()));
    await projected(readModel, casesProjection, log, { deliveries: 1, batch: 2_100 });
    const shares: number[] = [];
    await verify(casesProjection, log, { onProgress: (share) => shares.push(share) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(2);
    expect(shares.at(-1)).toBe(1);
  });
});
