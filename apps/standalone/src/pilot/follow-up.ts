import type { CaseScript } from './case-script.js';
import type { Cast } from './casting.js';
import type { LocationName } from './published-tables.js';
import type { Random } from './random.js';
import type { PilotProfessional } from './steps.js';
import { coldReasonTexts, declineTexts, dossierTexts, indicatorTexts } from './texts.js';

/** What a case's follow-up starts from. */
export interface FollowUp {
  readonly script: CaseScript;
  readonly random: Random;
  readonly cast: Cast;
  readonly by: PilotProfessional;
  /** Who was spoken to: the pilot forbids a referral to the consulted lawyer (R 1.2). */
  readonly consulted: PilotProfessional | null;
}

/** A working day in desk minutes. */
const days = (count: number): number => count * 240;

/**
 * What happens after the conversation: assessments, coordinators, referrals, handovers, closing. The evaluation
 * counts none of these, so they are plausible only, and none of them touches a published count.
 */
export function followUpFirstLine(follow: FollowUp): void {
  const { script, random, by } = follow;
  let ended: Ending = 'OPEN';
  if (random.chance(22)) ended = followUpAssessed(follow);
  else if (random.chance(10)) ended = referCold(follow, by, null);
  if (ended === 'IN_TRANSIT') return;
  if (ended !== 'OPEN' && random.chance(60)) {
    // Whoever handed a client over has no case any more.
    script.add(random.between(1, days(5)), ended === 'REFERRED' ? by : ended.handedOverTo, 'closeCase', {
      outcome: 'HANDED_OVER',
      solution: 'REFERRED',
      solvedInFirstLine: false,
    });
  } else if (ended === 'OPEN' && random.chance(62)) {
    const outcome = random.weighted([
      ['SOLVED', 60],
      ['PARTLY_SOLVED', 22],
      ['NOT_SOLVED', 8],
      ['CLIENT_WITHDREW', 6],
      ['CLIENT_OUT_OF_SIGHT', 4],
    ]);
    const helped = outcome === 'SOLVED' || outcome === 'PARTLY_SOLVED';
    script.add(random.between(30, days(12)), by, 'closeCase', {
      outcome,
      solution: helped ? random.pick(['INFORMATION', 'ADVICE', 'LETTER', 'NEGOTIATION']) : 'NONE',
      solvedInFirstLine: random.chance(20) ? null : helped,
    });
  }
}

/** A lawyer sends a client back to the first line now and then, and closes some of the own cases. */
export function followUpSecondLine({ script, random, cast, by }: FollowUp): void {
  if (random.chance(6)) {
    const receiver = cast.someone(random, by.location.code, 'SOCIAAL_RAADSLIEDEN', []);
    script.add(random.between(30, days(3)), by, 'referCase', {
      referral: 'referral',
      to: { organisation: receiver.organisation, professional: null },
      manner: { warmth: 'COLD', coldReason: null },
      toevoegingKind: null,
    });
    if (random.chance(80)) {
      script.add(random.between(30, days(2)), receiver, 'acceptReferral', { referral: 'referral' });
    }
  } else if (random.chance(40)) {
    script.add(random.between(60, days(15)), by, 'closeCase', {
      outcome: random.pick(['SOLVED', 'PARTLY_SOLVED', 'NOT_SOLVED']),
      solution: random.pick(['ADVICE', 'LETTER', 'PROCEDURE']),
      solvedInFirstLine: null,
    });
  }
}

/** How a referral or handover left the case: nothing under way, waiting for a receiver, or with the receiver. */
type Ending = 'OPEN' | 'IN_TRANSIT' | 'REFERRED' | { readonly handedOverTo: PilotProfessional };

/** Assessed for self-reliance; whoever is not self-reliant gets a coordinator, save a few that stand out until they do. */
function followUpAssessed(follow: FollowUp): Ending {
  const { script, random, cast, by } = follow;
  const outcome = random.weighted([
    ['NOT_SELF_RELIANT', 45],
    ['PARTLY', 30],
    ['SELF_RELIANT', 25],
  ]);
  const wronglyAssumed = outcome === 'NOT_SELF_RELIANT' && random.chance(40);
  const indicators = random.pick(indicatorTexts);
  script.add(random.between(5, days(1)), by, 'assessSelfReliance', { outcome, wronglyAssumed, indicators });
  if (outcome !== 'NOT_SELF_RELIANT') return 'OPEN';
  if (random.chance(15)) return 'OPEN';
  const coordinator = random.chance(60)
    ? by
    : cast.someone(random, by.location.code, 'SOCIAAL_RAADSLIEDEN', []);
  script.add(random.between(5, 240), by, 'assignCoordinator', { coordinator });
  const way = random.below(100);
  if (way < 50) return handOverWarm(follow, coordinator);
  if (way < 58) return referCold(follow, coordinator, random.pick(coldReasonTexts));
  if (way < 70) {
    const to = cast.someone(random, by.location.code, 'SOCIAAL_RAADSLIEDEN', [coordinator]);
    script.add(random.between(60, days(5)), coordinator, 'transferCoordinator', { to, reason: 'AGREED' });
  }
  return 'OPEN';
}

function referCold(
  { script, random, cast, consulted }: FollowUp,
  by: PilotProfessional,
  coldReason: string | null,
): Ending {
  const lawyer = anotherLawyer(random, cast, by.location.code, consulted);
  const kind = random.pick(['LAT', 'REGULAR'] as const);
  script.add(random.between(10, days(1)), by, 'referCase', {
    referral: 'referral',
    to: { organisation: lawyer.organisation, professional: random.chance(50) ? lawyer : null },
    manner: { warmth: 'COLD', coldReason },
    toevoegingKind: kind,
  });
  const answer = random.below(100);
  if (answer < 15) return 'IN_TRANSIT';
  if (answer < 28) {
    const explanation = random.pick(declineTexts);
    const reason = random.pick(['NO_CAPACITY', 'NO_EXPERTISE'] as const);
    script.add(random.between(20, days(2)), lawyer, 'declineReferral', {
      referral: 'referral',
      reason,
      explanation,
    });
    return 'OPEN';
  }
  script.add(random.between(20, days(2)), lawyer, 'acceptReferral', { referral: 'referral' });
  if (random.chance(60)) {
    const toevoeging = { toevoeging: 'toevoeging', referral: 'referral', kind };
    script.add(random.between(10, days(2)), lawyer, 'requestToevoeging', toevoeging);
    if (random.chance(70))
      script.add(days(random.between(2, 6)), lawyer, 'grantToevoeging', { toevoeging: 'toevoeging' });
    else if (random.chance(60)) {
      const ground = random.pick(['ZELFREDZAAMHEIDSCRITERIUM', 'MEANS', 'INTEREST_TOO_SMALL'] as const);
      script.add(days(random.between(2, 6)), lawyer, 'refuseToevoeging', {
        toevoeging: 'toevoeging',
        ground,
      });
    }
  }
  return 'REFERRED';
}

/** A warm referral to a named lawyer or raadslied, with dossier and consent (rule 5). */
function handOverWarm({ script, random, cast, by, consulted }: FollowUp, sender: PilotProfessional): Ending {
  const location = sender.location.code;
  const otherFirstLine = sender.kind === 'JURIDISCH_LOKET' ? 'SOCIAAL_RAADSLIEDEN' : 'JURIDISCH_LOKET';
  const receiver = random.chance(60)
    ? anotherLawyer(random, cast, location, consulted)
    : cast.someone(random, location, otherFirstLine, [by]);
  const handover = 'handover';
  script.add(random.between(10, days(1)), sender, 'referCase', {
    referral: 'referral',
    to: { organisation: receiver.organisation, professional: receiver },
    manner: { warmth: 'WARM', handover },
    toevoegingKind: null,
  });
  const dossier = random.pick(dossierTexts);
  script.add(random.between(10, 120), sender, 'prepareHandover', { handover, referral: 'referral', dossier });
  script.add(random.between(5, 200), sender, 'giveHandoverConsent', {
    handover,
    form: random.pick(['ORAL', 'WRITTEN']),
  });
  script.add(random.between(1, 60), sender, 'offerHandover', { handover, to: receiver });
  const answer = random.below(100);
  if (answer < 12) return 'IN_TRANSIT';
  if (answer < 25) {
    const explanation = random.pick(declineTexts);
    const reason = 'NO_CAPACITY';
    script.add(random.between(20, days(2)), receiver, 'declineHandover', { handover, reason, explanation });
    return 'OPEN';
  }
  script.add(random.between(20, days(2)), receiver, 'acceptHandover', { handover });
  if (answer < 35) return 'IN_TRANSIT';
  script.add(random.between(30, days(3)), receiver, 'completeHandover', { handover });
  return { handedOverTo: receiver };
}

/** A lawyer of another firm than the consulted one. */
function anotherLawyer(
  random: Random,
  cast: Cast,
  location: LocationName,
  consulted: PilotProfessional | null,
): PilotProfessional {
  return cast.someone(random, location, 'ADVOCATUUR', consulted === null ? [] : [consulted]);
}
