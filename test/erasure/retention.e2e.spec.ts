import { as, populate, startTestSystem, step, type TestSystem } from '../support/system.js';
import { certified, closed, officers, taken, told } from './support.js';

interface Due {
  readonly years: number;
  readonly duty: boolean;
  readonly cases: readonly { readonly caseId: string; readonly due: string }[];
}

describe('retention', () => {
  let system: TestSystem;
  const loket = as('loket');

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
  }, 60_000);

  afterAll(() => system.stop());

  const due = async (position: string, by?: string): Promise<Due> =>
    (
      await told<{ retentionDue: Due }>(
        system,
        officers.loket,
        `query ($position: Position!, $by: Day) { retentionDue(by: $by, atLeast: { position: $position }) { years duty cases { caseId due } } }`,
        { position, by },
      )
    ).retentionDue;
  const opened = () =>
    taken(system, loket, 'registerCase', {
      registrationKind: 'FIRST_LINE_SIGNALERING_ONLY',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      client: { name: 'Flo Voorbeeld (fictief)' },
    });

  it('lists what is due by the term of the organisation, and erases one case once it is confirmed', async () => {
    const [open, done] = [await opened(), await opened()];
    const { position } = await closed(system, loket, done.id);
    const today = new Date().toISOString().slice(0, 10);
    const inTwoYears = `${Number(today.slice(0, 4)) + 2}-12-31`;
    expect(await due(position)).toEqual({ years: 2, duty: false, cases: [] });
    expect((await due(position, inTwoYears)).cases.map(({ caseId }) => caseId)).toEqual([done.id]);

    const confirm = (caseId: string) => step(system, officers.loket, 'eraseAfterRetention', { caseId });
    expect(await confirm(done.id)).toMatchObject({ __typename: 'StepRefused', code: 'ERASURE_NOT_YET' });
    const set = await taken(system, officers.loket, 'setRetentionTerm', { years: 0, duty: false });
    expect((await due(set.position)).cases.map(({ caseId }) => caseId)).toEqual([done.id]);
    expect(await confirm(open.id)).toMatchObject({ __typename: 'StepRefused', code: 'ERASURE_NOT_YET' });

    const confirmed = await confirm(done.id);
    expect(confirmed.__typename).toBe('StepAccepted');
    const { certificate } = await certified(system, officers.loket, confirmed.id);
    expect(certificate?.erased.map(({ caseId }) => caseId)).toEqual([done.id]);
    const { position: after } = await opened();
    expect((await due(after)).cases).toEqual([]);
  }, 60_000);

  it('goes on with its next page where the last case of a page was reopened meanwhile', async () => {
    await taken(system, officers.loket, 'setRetentionTerm', { years: 0, duty: false });
    const [first, second] = [await opened(), await opened()];
    await closed(system, loket, first.id);
    const { position } = await closed(system, loket, second.id);
    const page = (after: string | null, at: string) =>
      told<{ retentionDue: { cases: { caseId: string; cursor: string }[] } }>(
        system,
        officers.loket,
        `query ($at: Position!, $after: String) {
          retentionDue(first: 1, after: $after, atLeast: { position: $at }) { cases { caseId cursor } } }`,
        { after, at },
      ).then(({ retentionDue }) => retentionDue.cases);
    const [shown] = await page(null, position);
    expect(shown?.caseId).toBe(first.id);
    const reopened = await taken(system, loket, 'reopenCase', {
      caseId: first.id,
      reason: 'CLIENT_RETURNED',
    });
    expect(await page(shown?.cursor ?? null, reopened.position)).toMatchObject([{ caseId: second.id }]);
  });

  it('is nobody else’s business, and of no other organisation', async () => {
    const { errors } = await system.ask(loket, '{ retentionDue { years } }');
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const { id } = await opened();
    await closed(system, loket, id);
    expect(await step(system, officers.firm, 'eraseAfterRetention', { caseId: id })).toMatchObject({
      code: 'NOTHING_HELD_IN_CASE',
    });
    expect(await step(system, loket, 'setRetentionTerm', { years: 1, duty: false })).toMatchObject({
      code: 'NOT_ALLOWED',
    });
  });
});
