import { deskMinutes, instantAt } from './desk-time.js';
import { idOf } from './keys.js';
import type { Random } from './random.js';
import type { PilotAction, PilotActionName, PilotActions, PilotCase, PilotProfessional } from './steps.js';

/** The steps of one case with the desk minutes between them; when the case starts is drawn last. */
export class CaseScript {
  private readonly drafts: { by: PilotProfessional; minute: number; action: PilotAction }[] = [];
  private minute = 0;

  constructor(readonly key: string) {}

  /** Adds a step `after` desk minutes: at least one, so that no two steps of a case share an instant. */
  add<Name extends PilotActionName>(
    after: number,
    by: PilotProfessional,
    name: Name,
    content: PilotActions[Name],
  ): void {
    if (this.drafts.length > 0) this.minute += Math.max(1, after);
    // The compiler cannot relate a generic name to its member of the union; `content` is checked by the signature.
    this.drafts.push({ by, minute: this.minute, action: { do: name, with: content } as PilotAction });
  }

  /** Places the case so that its last step still falls inside the pilot. Cases grew more frequent (R 3.2). */
  schedule(random: Random, earliest: number): { start: number; case: PilotCase } {
    const latest = deskMinutes - 1 - this.minute;
    if (latest < earliest) throw new Error(`${this.key} does not fit in the pilot`);
    const start = Math.max(
      random.between(earliest, latest),
      random.chance(40) ? random.between(earliest, latest) : earliest,
    );
    const steps = this.drafts.map(({ by, minute, action }, at) => {
      const key = `${this.key}/${String(at + 1).padStart(2, '0')}-${action.do}`;
      return { key, commandId: idOf(key), by, at: instantAt(start + minute), action };
    });
    return { start, case: { key: this.key, steps } };
  }
}
