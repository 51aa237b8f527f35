import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../api/request-context.js';
import { RefusalLog } from '../audit/refusal-log.js';
import type { FieldSource } from './field-source.js';

/** Notes that parts of an answer were not for the asker, who got the rest of it. */
@Injectable()
export class DeniedReads {
  private readonly noted = new WeakMap<RequestContext, Map<string, Promise<void>>>();

  constructor(private readonly log: RefusalLog) {}

  /**
   * One row per request and case, however many of its fields are asked for; one for all cases of a list, which names none.
   * Never fails; resolves when the denial may be answered.
   */
  note(context: RequestContext, { action, caseId, isListed }: FieldSource): Promise<void> {
    const named = isListed === true ? null : caseId;
    const notes = this.noted.get(context) ?? new Map<string, Promise<void>>();
    this.noted.set(context, notes);
    const key = `${action} ${named ?? ''}`;
    const note =
      notes.get(key) ??
      this.log.note(context, { kind: 'READ', operation: action, code: 'DENIED', caseId: named });
    notes.set(key, note);
    return note;
  }
}
