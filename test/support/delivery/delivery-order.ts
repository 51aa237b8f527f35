import fc from 'fast-check';
import type { StoredEvent } from '@spil/event-store';
import { caseRegistered, logOf, streamOf } from '../case-events.js';
import { logOfAtMost } from '../figures/random-histories.js';

/** An event that a read model cannot take in, and why. */
export type PoisonKind =
  /** Makes no sense after what went before in its case. */
  | 'NONSENSE'
  /** Has not the shape that every event has. */
  | 'MALFORMED'
  /** Folds well, into rows that the database refuses. */
  | 'REFUSED'
  /** Folds well in most read models, into what no rows can be made of. */
  | 'ROWLESS';

/** What a subscription does next. */
export interface DeliveryStep {
  /** Events back from here that are delivered once more, before anything new. */
  readonly back: number;
  readonly take: number;
  /** How often each is delivered, one after the other. */
  readonly copies: number;
  /** Whether the subscription then says how far it has looked. */
  readonly look: boolean;
  /** Whether what was delivered is written before anything else comes: the end of a batch. */
  readonly settle: boolean;
}

/** One subscription, from the checkpoint on until it ends. */
export interface DeliverySession {
  /** Events before the checkpoint that are delivered again. */
  readonly overlap: number;
  readonly steps: readonly DeliveryStep[];
  /** The statement at which the connection to the database is lost; none when the subscription just ends. */
  readonly lost: { readonly statement: number; readonly executed: boolean } | null;
}

/** A log with its poison, and everything that happens on its way into the read models. */
export interface DeliveryOrder {
  readonly log: readonly StoredEvent[];
  readonly poison: readonly { readonly kind: PoisonKind; readonly stored: StoredEvent }[];
  readonly sessions: readonly DeliverySession[];
  /** Events in one batch at most: of small ones the next is folded while one is written. */
  readonly largestBatch: number;
}

/** The type of an event that Spil does not know: for the filter of a subscription. */
const foreignType = 'SomethingOfOthers';

type Insertion = { readonly at: number; readonly kind: PoisonKind | 'FOREIGN' };

const share = fc.integer({ min: 0, max: 99 });

const insertion: fc.Arbitrary<Insertion> = fc.record({
  at: share,
  kind: fc.constantFrom('NONSENSE', 'MALFORMED', 'REFUSED', 'ROWLESS', 'FOREIGN', 'FOREIGN', 'FOREIGN'),
});

const step: fc.Arbitrary<DeliveryStep> = fc.record({
  back: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) },
  ),
  take: fc.integer({ min: 0, max: 9 }),
  copies: fc.oneof(
    { weight: 3, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 3 }) },
  ),
  look: fc.boolean(),
  settle: fc.boolean(),
});

const session: fc.Arbitrary<DeliverySession> = fc.record({
  overlap: fc.integer({ min: 0, max: 4 }),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  lost: fc.option(fc.record({ statement: fc.integer({ min: 1, max: 60 }), executed: fc.boolean() }), {
    freq: 2,
  }),
});

/** Any order in which a subscription may deliver a small log, with duplicates, restarts, lost connections and poison. */
export const anyDeliveryOrder: fc.Arbitrary<DeliveryOrder> = fc
  .record({
    events: logOfAtMost({ cases: 3, professionals: 1 }),
    insertions: fc.array(insertion, { maxLength: 4 }),
    sessions: fc.array(session, { maxLength: 4 }),
    largestBatch: fc.constantFrom(1, 3, 2_000),
  })
  .map(({ events, insertions, ...order }) => ({ ...withInsertions(events, insertions), ...order }));

function withInsertions(
  events: readonly StoredEvent[],
  insertions: readonly Insertion[],
): Pick<DeliveryOrder, 'log' | 'poison'> {
  const made: { kind: PoisonKind; id: string }[] = [];
  const log = [...events];
  for (const { at, kind } of insertions) {
    const before = Math.floor((at / 100) * log.length);
    const beside = log[before];
    if (!beside) continue;
    const event = inserted(kind, beside);
    if (!event) continue;
    log.splice(before + 1, 0, event);
    if (kind !== 'FOREIGN') made.push({ kind, id: event.eventId });
  }
  const placed = renumbered(log);
  const poison = made.flatMap(({ kind, id }) => {
    const stored = placed.find(({ eventId }) => eventId === id);
    return stored ? [{ kind, stored }] : [];
  });
  return { log: placed, poison };
}

/** An event to come right after another; none where that is of no case. */
function inserted(kind: Insertion['kind'], beside: StoredEvent): StoredEvent | undefined {
  const caseId = beside.stream.slice('case-'.length);
  const [registered] = logOf([caseRegistered()]);
  if (!registered) throw new Error('one event');
  const { stream } = beside;
  // Later than what comes next, now and then: what is recorded when follows also what cannot be taken in.
  const storedAt = new Date(beside.storedAt.getTime() + 30 * 3_600_000);
  if (kind === 'FOREIGN') return { ...registered, type: foreignType, stream: 'of-others', storedAt };
  if (kind === 'REFUSED') {
    const unlike = { ...caseRegistered(), caseId: `no-uuid-${registered.eventId}` };
    const [stored] = logOf([unlike]);
    return stored && { ...stored, stream: streamOf(unlike), storedAt };
  }
  if (kind === 'ROWLESS') {
    const undated = caseRegistered({ occurredAt: 'the other day' });
    const [stored] = logOf([undated]);
    return stored && { ...stored, storedAt };
  }
  if (!stream.startsWith('case-') || caseId.startsWith('no-uuid')) return undefined;
  const event = {
    type: 'PiketRequestWithdrawn',
    caseId,
    piketRequestId: 'never-asked',
    occurredAt: '2021-02-02T10:00:00.000Z',
  } as const;
  const [stored] = logOf([event]);
  if (!stored) throw new Error('one event');
  return kind === 'NONSENSE'
    ? { ...stored, storedAt }
    : { ...stored, type: 'CaseClosed', data: 'no object', storedAt };
}

/** Revisions and positions as a store gives them. */
function renumbered(log: readonly StoredEvent[]): StoredEvent[] {
  const revisions = new Map<string, bigint>();
  return log.map((stored, index) => {
    const revision = revisions.get(stored.stream) ?? 0n;
    revisions.set(stored.stream, revision + 1n);
    const at = 1_000n + BigInt(index) * 100n;
    return { ...stored, revision, position: { commit: at, prepare: at } };
  });
}
