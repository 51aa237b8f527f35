import type { Actor, CaseEvent, Mandate } from '@spil/domain';
import { defineTable } from '../schema/table.js';
import type { SealedField } from '../sealed-field.js';

/** One event of a case, as people read it back: what happened, when, by whom. */
export interface TimelineRow {
  readonly caseId: string;
  readonly revision: bigint | string;
  readonly eventId: string;
  readonly type: CaseEvent['type'];
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly actor: Actor;
  readonly mandate: Mandate;
  /** The event's fields in the clear, without type, case and time. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Sealed fields by dotted path, for example `facts.clientQuestion`. */
  readonly sealed: Readonly<Record<string, SealedField>>;
}

export const timelineTable = defineTable<TimelineRow>({
  name: 'timeline_entry',
  columns: {
    caseId: 'uuid',
    revision: 'int8',
    eventId: 'text',
    type: 'text',
    occurredAt: 'timestamptz',
    recordedAt: 'timestamptz',
    actor: 'jsonb',
    mandate: 'text',
    facts: 'jsonb',
    sealed: 'jsonb',
  },
  key: ['caseId', 'revision'],
  guard: 'CASE',
  sealed: 'sealed',
});
