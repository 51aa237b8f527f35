import { randomUUID } from 'node:crypto';
import { refuse } from '@spil/domain';
import fc from 'fast-check';
import {
  context,
  move,
  newStream,
  outcomeOf,
  professionals,
  register,
  registered,
  send,
  startDecisionTestBed,
  subjectOf,
  type DecisionTestBed,
} from '../../../../test/support/decisions.js';
import { createCodec } from '../codec/codec.js';
import { eventTypes } from '../codec/event-types.js';
import { Sealer } from '../keys/sealer.js';
import type { EventStore } from '../port.js';
import { UnknownEventInHistory } from './head.js';

let bed: DecisionTestBed;
let store: EventStore;
const freshRunner: DecisionTestBed['freshRunner'] = (...args) => bed.freshRunner(...args);

beforeAll(async () => {
  bed = await startDecisionTestBed();
  store = bed.store;
});
afterAll(() => bed.stop());

const eventTypesOf = async (stream: string): Promise<string[]> =>
  (await freshRunner().readHistory(stream)).map(({ event }) => event.type);

describe('a decision', () => {
  it('is not recorded before it happened, when it took over the time of a machine whose clock is ahead', async () => {
    const stream = newStream();
    const occurredAt = '2021-03-31T09:31:00.000Z';
    await freshRunner().runDecision({
      stream,
      decider: professionals,
      command: () => register(stream),
      context: { ...context, occurredAt },
      commandId: randomUUID(),
      principal: 'tester',
      subject: () => subjectOf(stream),
      payload: {},
    });
    const [recorded] = await freshRunner().readHistory(stream);
    expect(recorded?.event.occurredAt).toBe(occurredAt);
    expect(recorded?.metadata.recordedAt).toBe(occurredAt);
  });

  it('is recorded with its metadata, and its personal data are sealed', async () => {
    const stream = newStream();
    const commandId = randomUUID();
    const outcome = await send(freshRunner(), { stream, command: register(stream), commandId });
    expect(outcome).toMatchObject({ kind: 'accepted', revision: 0n, repeated: false });
    const [recorded] = await freshRunner().readHistory(stream);
    expect(recorded?.metadata).toMatchObject({
      commandId,
      correlationId: commandId,
      causationId: commandId,
      actor: context.actor,
      mandate: 'CASEWORK',
      recordedAt: context.recordedAt,
      schemaVersion: 1,
    });
    expect(JSON.stringify(recorded, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))) // prettier-ignore
      .not.toContain('Fictieve Naam');
    if (recorded?.event.type !== 'ProfessionalRegistered') throw new Error('another event was recorded');
    const { eventId, event } = recorded;
    const unsealed = await new Sealer(bed.freshKeys()).unseal(event.details, { stream, eventId });
    expect(unsealed).toMatchObject({ status: 'VALUE', value: { name: 'Fictieve Naam' } });
    expect(outcome).toMatchObject({
      position: recorded.position,
      events: [{ eventId, event, revision: 0n }],
    });
  });

  it('that refuses appends nothing', async () => {
    const stream = newStream();
    expect(outcomeOf(await send(freshRunner(), { stream, command: move('utrecht') }))).toBe(
      'PROFESSIONAL_NOT_FOUND',
    );
    expect(await eventTypesOf(stream)).toEqual([]);
  });

  it('that has nothing left to do is accepted at the revision of the stream', async () => {
    const stream = await registered(freshRunner());
    const runner = freshRunner();
    const first = await send(runner, { stream, command: { type: 'report-absent' } });
    const again = await send(runner, { stream, command: { type: 'report-absent' } });
    expect(again).toEqual({ ...first, events: [] });
  });

  it('is taken again on a fresh read when a cached head refuses it', async () => {
    const stream = newStream();
    const [stale, other] = [freshRunner(), freshRunner()];
    await registered(stale);
    expect((await stale.loadState(stream, professionals)).revision).toBe('no_stream');
    await send(other, { stream, command: register(stream) });
    expect(await send(stale, { stream, command: move('utrecht') })).toMatchObject({
      kind: 'accepted',
      revision: 1n,
    });
    await send(other, { stream, command: { type: 'report-absent' } });
    expect(outcomeOf(await send(other, { stream, command: register(stream) }))).toBe(
      'PROFESSIONAL_ALREADY_REGISTERED',
    );
    expect((await stale.loadState(stream, professionals, { maxAgeMs: 60_000 })).state.status).toBe('ACTIVE');
    expect((await stale.loadState(stream, professionals)).state.status).toBe('ABSENT');
  });

  it('is refused on a history that holds an event of a newer release', async () => {
    const stream = newStream();
    const version2 = { version: 2, upcasters: { 1: (data: object) => ({ ...data }) } };
    const newer = createCodec({ ...eventTypes, ProfessionalRegistered: version2 });
    await send(freshRunner(store, newer), { stream, command: register(stream) });
    await expect(send(freshRunner(), { stream, command: move('utrecht') })).rejects.toThrow(
      UnknownEventInHistory,
    );
    await expect(freshRunner().readHistory(stream)).rejects.toMatchObject({
      eventType: 'ProfessionalRegistered',
      eventVersion: 2,
      revision: 0n,
    });
  });
});

describe('a command built from the state', () => {
  const order = (stream: string) => ({
    stream,
    decider: professionals,
    context,
    commandId: randomUUID(),
    principal: 'tester',
    subject: () => subjectOf(stream),
    payload: { step: 'move on' },
  });
  const moveOn = ({ moves }: { moves: readonly string[] }) =>
    Promise.resolve(moves.length < 2 ? move(`place-${moves.length}`) : refuse('NOT_ALLOWED'));

  it('is built anew for every try, from the state that try decides on', async () => {
    const stream = await registered(freshRunner());
    const outcomes = await Promise.all(
      [1, 2].map(() => freshRunner().runDecision({ ...order(stream), command: moveOn })),
    );
    expect(outcomes.map(outcomeOf)).toEqual(['accepted', 'accepted']);
    const { state } = await freshRunner().loadState(stream, professionals);
    expect(state.moves).toEqual(['place-0', 'place-1']);
  });

  it('may be refused while it is built, but not on a cached head that is behind', async () => {
    const runner = freshRunner();
    const stream = await registered(runner);
    await send(freshRunner(), { stream, command: move('place-0') });
    const onlyOnceMoved = ({ moves }: { moves: readonly string[] }) =>
      moves.length === 0 ? refuse('NOT_ALLOWED') : move('place-1');
    const seen = await runner.runDecision({ ...order(stream), command: onlyOnceMoved });
    expect(outcomeOf(seen)).toBe('accepted');
    expect(outcomeOf(await runner.runDecision({ ...order(stream), command: moveOn }))).toBe('NOT_ALLOWED');
    expect(await eventTypesOf(stream)).toHaveLength(3);
  });

  it('records the revision of the policy that it looked at', async () => {
    const stream = await registered(freshRunner());
    let policyRevision: number | undefined;
    await freshRunner().runDecision({
      ...order(stream),
      command: (state) => {
        policyRevision = 7;
        return moveOn(state);
      },
      policyRevision: () => policyRevision,
    });
    const history = await freshRunner().readHistory(stream);
    expect(history.map(({ metadata }) => metadata.policyRevision)).toEqual([undefined, 7]);
  });

  it('is refused under a command id that another principal used', async () => {
    const stream = await registered(freshRunner());
    const mine = { ...order(stream), command: moveOn };
    expect(outcomeOf(await freshRunner().runDecision(mine))).toBe('accepted');
    const theirs = await freshRunner().runDecision({ ...mine, principal: 'someone else' });
    expect(outcomeOf(theirs)).toBe('COMMAND_ID_REUSED');
  });
});

describe('a lost race', () => {
  it('is decided again, so that concurrent commands all count once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.uuid(), { minLength: 2, maxLength: 3 }), async (places) => {
        const stream = await registered(freshRunner());
        const outcomes = await Promise.all(
          places.map((to) => send(freshRunner(), { stream, command: move(to) })),
        );
        const { state } = await freshRunner().loadState(stream, professionals);
        expect(outcomes.map(outcomeOf)).toEqual(places.map(() => 'accepted'));
        expect([...state.moves].sort()).toEqual([...places].sort());
      }),
      { numRuns: 10 },
    );
  });

  it('counts exactly what was acknowledged under heavier contention, and refuses the rest as stale', async () => {
    const stream = await registered(freshRunner());
    const runners = [freshRunner(), freshRunner()];
    const places = Array.from({ length: 24 }, () => randomUUID());
    const outcomes = await Promise.all(
      places.map((to, i) => send(runners[i % 2] ?? freshRunner(), { stream, command: move(to) })),
    );
    const accepted = places.filter((_, i) => outcomes[i]?.kind === 'accepted');
    const { state } = await freshRunner().loadState(stream, professionals);
    expect([...state.moves].sort()).toEqual([...accepted].sort());
    for (const outcome of outcomes) expect(['accepted', 'STALE_REVISION']).toContain(outcomeOf(outcome));
  });

  it('is refused with what changed when the client said which revision it saw', async () => {
    const stream = await registered(freshRunner());
    const runner = freshRunner();
    await send(freshRunner(), { stream, command: { type: 'move-and-leave', to: 'utrecht' } });
    expect(await send(runner, { stream, command: move('zwolle'), expectedRevision: 0n })).toEqual({
      kind: 'refused',
      refusal: refuse('STALE_REVISION', {
        field: 'expectedRevision',
        facts: {
          expectedRevision: '0',
          actualRevision: '2',
          changedSince: ['ProfessionalMoved', 'ProfessionalDeactivated'],
        },
      }),
    });
    const seen = await send(runner, { stream, command: move('zwolle'), expectedRevision: 2n });
    expect(seen).toMatchObject({ kind: 'accepted', revision: 3n });
  });

  it('is refused without what changed to whom the history is not shown', async () => {
    const stream = await registered(freshRunner());
    await send(freshRunner(), { stream, command: move('utrecht') });
    const stale = { stream, command: move('zwolle'), expectedRevision: 0n, showsHistory: () => false };
    expect(await send(freshRunner(), stale)).toEqual({
      kind: 'refused',
      refusal: refuse('STALE_REVISION', { field: 'expectedRevision', facts: { expectedRevision: '0' } }),
    });
  });
});

describe('a repeated command', () => {
  it('is answered as the first time, by this process and by one that just started', async () => {
    const runner = freshRunner();
    const stream = await registered(runner);
    const sent = {
      stream,
      command: { type: 'move-and-leave', to: 'utrecht' } as const,
      commandId: randomUUID(),
    };
    const first = await send(runner, { ...sent, expectedRevision: 0n });
    await send(runner, { stream, command: move('zwolle') });
    for (const process of [runner, freshRunner()]) {
      const again = await send(process, { ...sent, expectedRevision: 0n });
      expect(again).toMatchObject({ ...first, repeated: true });
    }
    expect(await eventTypesOf(stream)).toHaveLength(4);
  });

  it('with another payload is refused', async () => {
    const runner = freshRunner();
    const stream = await registered(runner);
    const commandId = randomUUID();
    await send(runner, { stream, command: move('utrecht'), commandId });
    for (const process of [runner, freshRunner()]) {
      const other = await send(process, { stream, command: move('zwolle'), commandId });
      expect(outcomeOf(other)).toBe('COMMAND_ID_REUSED');
    }
  });

  it('that races itself is carried out once, and with another payload one of the two is refused', async () => {
    const stream = await registered(freshRunner());
    const [same, other] = [randomUUID(), randomUUID()];
    const twice = await Promise.all(
      [1, 2].map(() => send(freshRunner(), { stream, command: move('utrecht'), commandId: same })),
    );
    expect(twice.map((outcome) => outcome.kind === 'accepted' && outcome.revision)).toEqual([1n, 1n]);
    const codes = await Promise.all(
      ['utrecht', 'zwolle'].map((to) => send(freshRunner(), { stream, command: move(to), commandId: other })),
    );
    expect(codes.map(outcomeOf).sort()).toEqual(['COMMAND_ID_REUSED', 'accepted']);
    expect(await eventTypesOf(stream)).toHaveLength(3);
  });

  it('is known by its id alone once the data key is destroyed', async () => {
    const stream = newStream();
    const commandId = randomUUID();
    const first = await send(freshRunner(), { stream, command: register(stream), commandId });
    await bed.freshKeys().destroyKey(subjectOf(stream));
    const again = await send(freshRunner(), {
      stream,
      command: register(stream, 'Iemand Anders'),
      commandId,
    });
    expect(again).toMatchObject({ ...first, repeated: true });
    expect(await send(freshRunner(), { stream, command: move('utrecht') })).toMatchObject({
      kind: 'accepted',
    });
  });
});

describe('history', () => {
  it('is shown as it stood at a moment', async () => {
    const stream = await registered(freshRunner());
    await send(freshRunner(), { stream, command: move('utrecht') });
    const all = await freshRunner().readHistory(stream);
    const at = (ms: number): Promise<unknown[]> => freshRunner().readHistory(stream, { asOf: new Date(ms) });
    expect(await at((all[0]?.storedAt.getTime() ?? 0) - 1)).toEqual([]);
    expect(await at(all[1]?.storedAt.getTime() ?? 0)).toEqual(all);
  });
});
