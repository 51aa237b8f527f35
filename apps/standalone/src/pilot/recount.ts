import type { ConversationSide, LatAnswer } from '@spil/domain';
import type {
  PilotActions,
  PilotCase,
  PilotPlan,
  PilotProfessional,
  PilotStep,
  Registration,
} from './steps.js';

/** Figures by the ids of `publishedFigures`. */
export type Figures = ReadonlyMap<string, number>;

/** One registration as the evaluation counts it. */
interface Registered {
  readonly by: PilotProfessional;
  readonly area: string;
  readonly relevance: string;
  readonly kind: Registration['kind'] | 'COUNTERPART';
}

/** Counts every published figure from nothing but the steps of a plan, without knowing how they were drawn. */
export function recount(plan: PilotPlan): Figures {
  const figures = new Map<string, number>();
  const count = (...ids: string[]): void => {
    for (const id of ids) figures.set(id, (figures.get(id) ?? 0) + 1);
  };
  const active = new Set<PilotProfessional>();
  for (const person of plan.professionals) count('users.registered', `users.registered.${person.kind}`);
  for (const one of plan.cases) {
    const registered = registrationsOf(one);
    for (const each of registered) {
      active.add(each.by);
      countRegistration(each, count);
    }
    countContact(one, registered, count);
    countConversation(one, registered[0], count);
  }
  for (const person of active) count('users.active', `users.active.${person.kind}`);
  return figures;
}

type Count = (...ids: string[]) => void;

const contentOf = <Name extends keyof PilotActions>(
  step: PilotStep,
  name: Name,
): PilotActions[Name] | undefined =>
  step.action.do === name ? (step.action.with as PilotActions[Name]) : undefined;

function registrationsOf(one: PilotCase): Registered[] {
  const found: Registered[] = [];
  for (const step of one.steps) {
    const opened =
      contentOf(step, 'registerCase') ?? contentOf(step, 'registerCaseWithConversation')?.registration;
    if (opened !== undefined) {
      const { kind, primaryArea, signaleringRelevance } = opened;
      found.push({ by: step.by, area: primaryArea, relevance: signaleringRelevance, kind });
    }
    const counterpart = contentOf(step, 'registerCounterpart');
    if (counterpart !== undefined) {
      const { signaleringRelevance } = counterpart;
      found.push({
        by: step.by,
        area: found[0]?.area ?? '',
        relevance: signaleringRelevance,
        kind: 'COUNTERPART',
      });
    }
  }
  return found;
}

const secondLineKinds: Readonly<Record<string, string>> = {
  COUNTERPART: 'response',
  SECOND_LINE_RESPONSE_WITHOUT_CODE: 'response',
  SECOND_LINE_OWN_SIGNALERING: 'own',
  SECOND_LINE_CLIENT_CAME_DIRECTLY: 'direct',
};

function countRegistration({ by, area, relevance, kind }: Registered, count: Count): void {
  const location = by.location.code;
  count('registrations');
  if (by.kind === 'ADVOCATUUR') {
    count('secondLine', `secondLine.${secondLineKinds[kind] ?? kind}`, `lawyers.${location}`);
    if (relevance === 'YES' || relevance === 'NO') {
      const id = 'relevance.secondLine';
      count(id, `${id}.${relevance}`, `${id}.${location}`, `${id}.${location}.${relevance}`);
    }
    return;
  }
  count('firstLine', `firstLine.${by.kind}`, `firstLine.${location}`, `firstLine.${area}`);
  const id = 'relevance.firstLine';
  count(`${id}.${relevance}`, `${id}.${location}.${relevance}`, `${id}.${area}.${relevance}`);
}

function countContact(one: PilotCase, registered: readonly Registered[], count: Count): void {
  const succeeded = one.steps.some(
    (step) => step.action.do === 'recordContact' || step.action.do === 'registerCaseWithConversation',
  );
  for (const { by } of registered) {
    if (by.kind !== 'ADVOCATUUR') count(succeeded ? 'contact.succeeded' : 'contact.none');
  }
  for (const step of one.steps) {
    const asked = contentOf(step, 'requestPiket') ?? contentOf(step, 'registerCaseWithConversation')?.request;
    if (asked === undefined || asked === null) continue;
    const by = asked.askedKind === 'ADVOCATUUR' && step.by.kind !== 'ADVOCATUUR' ? 'firstLine' : step.by.kind;
    count(`sought.${by}.${asked.askedKind}`);
  }
}

function countConversation(one: PilotCase, asking: Registered | undefined, count: Count): void {
  const accounts = new Map<ConversationSide, { by: PilotProfessional; lat: LatAnswer | null }>();
  for (const step of one.steps) {
    const form = contentOf(step, 'registerCaseWithConversation');
    const response = form?.registration.kind === 'SECOND_LINE_RESPONSE_WITHOUT_CODE';
    const counterpart = contentOf(step, 'registerCounterpart');
    const recorded = contentOf(step, 'recordConversation');
    const side = counterpart?.side ?? recorded?.side ?? (response ? 'CONSULTED' : 'ASKING');
    const account = form?.account ?? counterpart?.account ?? recorded?.account;
    if (account !== undefined) accounts.set(side, { by: step.by, lat: account.latWithoutDesk });
  }
  const asked = accounts.get('ASKING');
  const consulted = accounts.get('CONSULTED');
  if (asked === undefined || consulted === undefined || asking === undefined) return;
  count('complete', `complete.${asking.by.location.code}`, `complete.${asking.area}`);
  count(`complete.${asked.by.kind}.${consulted.by.kind}`);
  if (consulted.by.kind === 'ADVOCATUUR') count('complete.withLawyer');
  if (asked.lat === 'YES' || asked.lat === 'NO') count('lat.answered', `lat.${asked.lat}`);
}
