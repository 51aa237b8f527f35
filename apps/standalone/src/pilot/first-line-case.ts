import type { ContactAttemptResult, LatAnswer } from '@spil/domain';
import { account, anyLatAnswer, question, registration } from './case-content.js';
import type { CaseScript } from './case-script.js';
import type { Cast, FirstLineRole } from './casting.js';
import type { Random } from './random.js';
import type { Account, Contact, PilotProfessional, Question } from './steps.js';
import { counterpartNotes } from './texts.js';

/** The conversation of a case, as far as registering it needs to know. */
interface Conversation {
  readonly request: Question | null;
  readonly failedAttempts: readonly ContactAttemptResult[];
  readonly contact: Contact;
  readonly account: Account | null;
}

/**
 * Writes a first-line case: its registration, what became of the contact, and the other side's registration where it
 * is complete. Half of the conversations are entered in one form, half step by step.
 * @param lat the answer of a complete registration, drawn so that the published counts hold; null for the others
 * @returns who was spoken to, where known
 */
export function writeFirstLineCase(
  script: CaseScript,
  random: Random,
  cast: Cast,
  role: FirstLineRole,
  clientNumber: number,
  lat: LatAnswer | null,
): PilotProfessional | null {
  const { slot, by } = role;
  const { contacting } = slot;
  const kind =
    contacting.kind === 'SOUGHT_NOBODY' ? 'FIRST_LINE_SIGNALERING_ONLY' : 'FIRST_LINE_CONVERSATION_SOUGHT';
  const facts = registration(random.fork('client'), by, clientNumber, kind, slot.area, slot.relevance);

  switch (contacting.kind) {
    case 'SOUGHT_NOBODY':
      script.add(0, by, 'registerCase', facts);
      return null;
    case 'REACHED_NOBODY':
      script.add(0, by, 'registerCase', facts);
      script.add(random.between(1, 10), by, 'requestPiket', question(random, by, slot.area, 'UNKNOWN'));
      for (const result of failedAttempts(random, random.between(2, 3))) {
        script.add(random.between(5, 60), by, 'recordContactAttempt', { result });
      }
      script.add(random.between(20, 200), by, 'withdrawPiketRequest', {});
      return null;
    case 'WAS_CONSULTED':
      throw new Error('the consulted side registers on the case of the asking side');
    case 'SPOKE':
    case 'SPOKE_WITH_UNKNOWN': {
      const conversation = drawConversation(random.fork('conversation'), cast, role, lat);
      if (random.chance(50))
        script.add(0, by, 'registerCaseWithConversation', { registration: facts, ...conversation });
      else {
        script.add(0, by, 'registerCase', facts);
        writeStepByStep(script, random, by, conversation);
      }
      if (role.answeredBy !== null) writeCounterpart(script, random, role.answeredBy);
      return conversation.contact.reached;
    }
    default:
      return contacting satisfies never;
  }
}

function drawConversation(
  random: Random,
  cast: Cast,
  role: FirstLineRole,
  lat: LatAnswer | null,
): Conversation {
  const { slot, by, answeredBy } = role;
  const reachedKind = slot.contacting.kind === 'SPOKE' ? slot.contacting.with : 'UNKNOWN';
  const requested =
    slot.contacting.kind === 'SPOKE' || ('requested' in slot.contacting && slot.contacting.requested);
  const attempts = requested
    ? failedAttempts(
        random,
        random.weighted([
          [0, 60],
          [1, 28],
          [2, 12],
        ]),
      )
    : [];
  const reached =
    answeredBy?.person ??
    (reachedKind !== 'UNKNOWN' && random.chance(45)
      ? cast.someone(random, slot.location, reachedKind, [by])
      : null);
  return {
    request: requested ? question(random, by, slot.area, reachedKind) : null,
    failedAttempts: attempts,
    contact: {
      initiatedBy: reachedKind === 'UNKNOWN' ? 'UNKNOWN' : 'ASKING',
      reachedKind,
      reached,
      channel: random.chance(92) ? 'PHONE' : 'EMAIL',
      attempts: attempts.length + 1,
      delayMinutes: requested ? random.between(2, 15) + attempts.length * random.between(10, 50) : null,
    },
    account: slot.complete || random.chance(85) ? account(random, lat ?? anyLatAnswer(random)) : null,
  };
}

function writeStepByStep(
  script: CaseScript,
  random: Random,
  by: PilotProfessional,
  conversation: Conversation,
): void {
  const { request, contact } = conversation;
  if (request !== null) script.add(random.between(1, 10), by, 'requestPiket', request);
  for (const result of conversation.failedAttempts) {
    script.add(random.between(5, 50), by, 'recordContactAttempt', { result });
  }
  script.add(random.between(2, 40), by, 'recordContact', {
    ...contact,
    attempts: request === null ? contact.attempts : null,
    delayMinutes: null,
    afterRequest: request !== null,
  });
  if (conversation.account !== null) {
    script.add(random.between(6, 40), by, 'recordConversation', {
      side: 'ASKING',
      account: conversation.account,
    });
  }
}

/** The consulted side registers by code, at once with its account or in two steps (R 2.4). */
function writeCounterpart(
  script: CaseScript,
  random: Random,
  { person, slot }: NonNullable<FirstLineRole['answeredBy']>,
): void {
  const own = account(random.fork('counterpart'), null);
  const atOnce = random.chance(70);
  script.add(random.between(15, 960), person, 'registerCounterpart', {
    side: 'CONSULTED',
    note: random.chance(30) ? random.pick(counterpartNotes) : null,
    // Lawyers who responded were not asked about relevance (R 2.3.2); a first-line colleague is (R table 2.1).
    signaleringRelevance: slot?.relevance ?? 'NOT_ASKED',
    account: atOnce ? own : null,
  });
  if (!atOnce)
    script.add(random.between(2, 60), person, 'recordConversation', { side: 'CONSULTED', account: own });
}

const failedAttempts = (random: Random, count: number): ContactAttemptResult[] =>
  Array.from({ length: count }, () =>
    random.weighted([
      ['NO_ANSWER', 50],
      ['VOICEMAIL', 30],
      ['BUSY', 12],
      ['CALL_BACK_AGREED', 8],
    ]),
  );
