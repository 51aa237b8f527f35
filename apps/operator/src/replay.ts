import { caseDecider, type Actor, type CaseEvent, type CaseState } from '@spil/domain';
import type { RecordedEvent, StoredEvent } from '@spil/event-store';
import { sealedApart } from '../../coordination-service/src/history/sealed-apart.js';
import { omit } from '../../projection-worker/src/omit.js';
import { exitCodes, type Answer } from './answer.js';
import { caseStream } from './case-stream.js';
import { withEventStore, type Spil } from './spil.js';

/** An event of a case as it is shown. Sealed fields are named, never opened. */
interface ReplayedEvent {
  readonly revision: bigint;
  readonly position: bigint;
  readonly eventId: string;
  readonly type: string;
  readonly storedAt: Date;
  /** Undefined for an event that this release does not know. */
  readonly known?: {
    readonly occurredAt: string;
    readonly recordedAt: string;
    readonly actor: string;
    readonly mandate: string;
    readonly commandId: string;
    readonly correlationId: string;
    readonly facts: Readonly<Record<string, unknown>>;
    readonly sealed: readonly string[];
  };
}

/** The history of a case, straight from its stream, as it stood at a moment of the store's own clock. */
export async function replay(spil: Spil, caseId: string, asOf: string | undefined): Promise<Answer> {
  return withEventStore(spil, async (log) => {
    const events: ReplayedEvent[] = [];
    let state: CaseState | undefined = caseDecider.initialState;
    for await (const { stored, recorded } of caseStream(log, caseId, asOf)) {
      events.push(replayed(stored, recorded));
      // Half a history makes no state.
      state = state && recorded && caseDecider.evolve(state, recorded.event);
    }
    const found = events.length > 0;
    const status = found ? (state?.status ?? null) : null;
    return {
      exit: found ? exitCodes.ok : exitCodes.failed,
      json: { caseId, asOf: asOf ?? null, status, events: events.map(flat) },
      text: found
        ? [heading(caseId, asOf, status, events.length), ...events.map(shown)].join('\n\n')
        : `case ${caseId} has no events${asOf === undefined ? '' : ` as of ${asOf}`}`,
    };
  });
}

function replayed(stored: StoredEvent, recorded: RecordedEvent<CaseEvent> | undefined): ReplayedEvent {
  const { revision, position, eventId, type, storedAt } = stored;
  const place = { revision, position: position.commit, eventId, type, storedAt };
  if (!recorded) return place;
  const { actor, mandate, recordedAt, commandId, correlationId } = recorded.metadata;
  const { facts, sealed } = sealedApart(recorded.event);
  return {
    ...place,
    known: {
      occurredAt: recorded.event.occurredAt,
      recordedAt,
      actor: named(actor),
      mandate,
      commandId,
      correlationId,
      facts: omit(facts, 'occurredAt', 'caseId'),
      sealed,
    },
  };
}

const named = (actor: Actor): string =>
  actor.kind === 'SYSTEM'
    ? `system:${actor.process}`
    : `professional ${actor.professionalId} of ${actor.organisationId}`;

const flat = ({ known, ...place }: ReplayedEvent): object => ({
  ...place,
  known: known !== undefined,
  ...known,
});

const heading = (caseId: string, asOf: string | undefined, status: string | null, count: number): string =>
  `case ${caseId}${asOf === undefined ? '' : ` as of ${asOf}`}: ${status ?? 'unknown to this release'}, ${count} events`;

function shown({ revision, type, storedAt, known }: ReplayedEvent): string {
  if (!known)
    return `${revision}  ${type}\n   stored ${storedAt.toISOString()}; this release does not know it`;
  const lines = [
    `${revision}  ${type}`,
    `occurred ${known.occurredAt}, recorded ${known.recordedAt}`,
    `by ${known.actor}, mandate ${known.mandate}`,
    ...factLines(known.facts, ''),
    ...(known.sealed.length > 0 ? [`sealed: ${known.sealed.join(', ')}`] : []),
  ];
  return lines.join('\n   ');
}

/** One line per fact, named by its path; what is null is left out. */
function factLines(value: unknown, path: string): string[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.length === 0 ? [] : [`${path}: ${value.map(asText).join(', ')}`];
  if (typeof value !== 'object') return [`${path}: ${asText(value)}`];
  return Object.entries(value).flatMap(([name, part]) =>
    factLines(part, path === '' ? name : `${path}.${name}`),
  );
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
