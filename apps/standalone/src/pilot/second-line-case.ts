import { account, registration } from './case-content.js';
import type { CaseScript } from './case-script.js';
import type { SecondLineRole } from './casting.js';
import type { PilotArea } from './published-tables.js';
import type { Random } from './random.js';

/** The areas of lawyers' own cases are not published; these follow the first line's roughly. */
const areas: readonly (readonly [PilotArea, number])[] = [
  ['VREEMDELINGENRECHT', 30],
  ['ARBEIDSRECHT', 22],
  ['SOCIALEZEKERHEIDSRECHT', 20],
  ['HUURRECHT', 16],
  ['VERBINTENISSENRECHT', 6],
  ['CONSUMENTENRECHT', 2],
  ['ANDERS', 4],
];

/**
 * Writes a lawyer's own case. A response that no code links asserts its contact and carries the consulted side's
 * account; who began it and with whom was not recorded (R footnote 7).
 */
export function writeSecondLineCase(
  script: CaseScript,
  random: Random,
  { slot, by }: SecondLineRole,
  clientNumber: number,
): void {
  const area = random.weighted(areas);
  const facts = registration(random.fork('client'), by, clientNumber, slot.kind, area, slot.relevance);
  if (slot.kind !== 'SECOND_LINE_RESPONSE_WITHOUT_CODE' || random.chance(25)) {
    script.add(0, by, 'registerCase', facts);
    return;
  }
  script.add(0, by, 'registerCaseWithConversation', {
    registration: facts,
    request: null,
    failedAttempts: [],
    contact: {
      initiatedBy: 'UNKNOWN',
      reachedKind: 'UNKNOWN',
      reached: null,
      channel: 'PHONE',
      attempts: null,
      delayMinutes: null,
    },
    account: account(random.fork('account'), null),
  });
}
