import type {
  Channel,
  ConversationResult,
  LatAnswer,
  RegistrationKind,
  SignaleringRelevance,
} from '@spil/domain';
import type { PilotArea } from './published-tables.js';
import type { Random } from './random.js';
import type { Account, PilotProfessional, Question, Registration } from './steps.js';
import { adviceTexts, areaTexts, client, motivationTexts } from './texts.js';

/** Municipalities of clients from elsewhere: with its counters closed the Loket spoke to the whole country (R 3.2). */
const elsewhere = ['GM0599', 'GM0518', 'GM0034', 'GM0014', 'GM0202', 'GM0772', 'GM0855', 'GM0664', 'GM0150'];

/** The Loket could be reached by phone and e-mail only, the raadslieden by appointment (R 1.5). */
const channels: Readonly<Record<PilotProfessional['kind'], readonly (readonly [Channel, number])[]>> = {
  JURIDISCH_LOKET: [
    ['PHONE', 8],
    ['EMAIL', 2],
  ],
  SOCIAAL_RAADSLIEDEN: [
    ['APPOINTMENT', 7],
    ['PHONE', 3],
  ],
  ADVOCATUUR: [
    ['PHONE', 5],
    ['APPOINTMENT', 3],
    ['EMAIL', 2],
  ],
};

/** What a professional fills in about a client and the question. */
export function registration(
  random: Random,
  by: PilotProfessional,
  clientNumber: number,
  kind: RegistrationKind,
  area: PilotArea,
  signaleringRelevance: SignaleringRelevance,
): Registration {
  const texts = areaTexts[area];
  const opponent = random.pick(texts.opponents);
  const fromElsewhere = by.kind === 'JURIDISCH_LOKET' && random.chance(35);
  return {
    kind,
    client: client(clientNumber),
    voicemailAllowed: random.pick([true, false, null]),
    interpreterNeeded: area === 'VREEMDELINGENRECHT' ? random.chance(40) : random.pick([false, null]),
    clientMunicipality: random.chance(4)
      ? null
      : random.pick(fromElsewhere ? elsewhere : by.location.municipalities),
    channel: random.weighted(channels[by.kind]),
    primaryArea: area,
    furtherAreas: area !== 'HUURRECHT' && random.chance(6) ? ['HUURRECHT'] : [],
    lifeDomains: [random.pick(texts.domains)],
    opposingPartyKind: opponent?.[0] ?? null,
    opposingPartyName: opponent?.[1] ?? null,
    clientQuestion: random.pick(texts.clientQuestions),
    professionalQuestion: by.kind === 'ADVOCATUUR' ? null : random.pick(texts.professionalQuestions),
    signaleringRelevance,
  };
}

/** What is asked of the desk. */
export function question(
  random: Random,
  by: PilotProfessional,
  area: PilotArea,
  askedKind: Question['askedKind'],
): Question {
  return {
    askedKind,
    area,
    questionKind: random.weighted([
      ['LEGAL_CHECK', 50],
      ['DIAGNOSIS', 15],
      ['TOEVOEGING_ELIGIBILITY', 20],
      ['REFERRAL', 12],
      ['OTHER_HELP', 3],
    ]),
    withoutDesk: random.weighted([
      ['SOLVE_MYSELF', 25],
      ['ASK_OWN_COLLEAGUE', 25],
      ['CALL_KNOWN_CONTACT', 10],
      ['REFER_COLD', 15],
      ['REQUEST_LAT', 10],
      [null, 15],
    ]),
    localKnowledgeNeeded: by.kind === 'SOCIAAL_RAADSLIEDEN' && random.chance(40),
  };
}

const results: readonly (readonly [ConversationResult, number])[] = [
  ['ADVICE_GIVEN', 40],
  ['OWN_ADVICE_CONFIRMED', 30],
  ['REFERRAL_ADVISED', 18],
  ['TO_BE_CONTINUED', 7],
  ['BACK_REFERRAL_ADVISED', 3],
  ['NO_RESULT', 2],
];

/** About nine in ten rate 7 or more, and a fifth leaves the question open: plausible, claimed nowhere as published. */
const ratings: readonly (readonly [number | null, number])[] = [
  [null, 20],
  [10, 7],
  [9, 18],
  [8, 32],
  [7, 15],
  [6, 4],
  [5, 2],
  [4, 1],
  [3, 1],
];

/** One side's account; the LAT question is null on the consulted side, which is not asked. */
export function account(random: Random, latWithoutDesk: LatAnswer | null): Account {
  const result = random.weighted(results);
  const rating = random.weighted(ratings);
  const motivations = motivationTexts[rating === null || rating >= 7 ? 'good' : 'poor'];
  return {
    result,
    advice: random.pick(adviceTexts[result]),
    durationMinutes: random.chance(90) ? random.between(4, 35) : null,
    rating,
    motivation: rating !== null && random.chance(40) ? random.pick(motivations) : null,
    latWithoutDesk,
  };
}

/** The LAT answer outside the complete registrations; the evaluation says that its shares are about the same there. */
export const anyLatAnswer = (random: Random): LatAnswer =>
  random.weighted([
    ['YES', 13],
    ['NO', 28],
    ['NOT_ANSWERED', 59],
  ]);
