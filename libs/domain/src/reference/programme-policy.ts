import type { Day, Decider, Decision, DecisionContext } from '../shared/decider.js';
import { isRefusal, refuse } from '../shared/refusal.js';
import { timeOfStep } from '../shared/step-time.js';
import type { PolicyEvent, ProgrammePolicy } from './events.js';

/** Sets the policy of a location from a day on (rule 4). The handler checked that the location exists. */
export interface SetProgrammePolicy {
  readonly type: 'SetProgrammePolicy';
  readonly locationId: string;
  readonly from: Day;
  readonly policy: ProgrammePolicy;
}

/** The policies of a location by the day from which they hold, earliest first; folded from `policy-<locationId>`. */
export interface PolicyState {
  readonly policies: readonly { readonly from: Day; readonly policy: ProgrammePolicy }[];
}

/**
 * What holds where and when nobody set a policy: the pilot's. A local desk, and the consulted lawyer gets no referral
 * (R 1.2). The pilot set no times; ours exist so that no client disappears: three tries, or the four hours that the pilot's
 * desk was open a day (R 1.2), before a request escalates, and three days to accept.
 */
export const defaultProgrammePolicy: ProgrammePolicy = {
  consultedLawyerMayReceiveFrom: [],
  hoursToAccept: 72,
  attemptsBeforeEscalation: 3,
  minutesBeforeEscalation: 240,
  localDesk: true,
};

/** The policy in force on a day. */
export const policyOn = (state: PolicyState, day: Day): ProgrammePolicy =>
  state.policies.findLast(({ from }) => from <= day)?.policy ?? defaultProgrammePolicy;

/**
 * Policy moves forward: a day before the latest one set is refused, since decisions were taken on what held then; only an
 * import may fill in the past. A second policy for the same day takes the place of the first.
 */
const decide = (
  { locationId, from, policy }: SetProgrammePolicy,
  state: PolicyState,
  context: DecisionContext,
): Decision<PolicyEvent> => {
  const sameDay = state.policies.find((set) => set.from === from);
  if (sameDay && samePolicy(sameDay.policy, policy)) return [];
  const occurredAt = timeOfStep(context, null);
  if (isRefusal(occurredAt)) return occurredAt;
  const latest = state.policies.at(-1)?.from;
  if (latest !== undefined && from < latest && context.mandate !== 'IMPORT') {
    return refuse('POLICY_NOT_FORWARD', { rule: 'rule 4', field: 'from', facts: { from, latest } });
  }
  return [{ type: 'ProgrammePolicySet', locationId, from, policy, occurredAt }];
};

const samePolicy = (one: ProgrammePolicy, other: ProgrammePolicy): boolean =>
  one.hoursToAccept === other.hoursToAccept &&
  one.attemptsBeforeEscalation === other.attemptsBeforeEscalation &&
  one.minutesBeforeEscalation === other.minutesBeforeEscalation &&
  one.localDesk === other.localDesk &&
  one.consultedLawyerMayReceiveFrom.length === other.consultedLawyerMayReceiveFrom.length &&
  one.consultedLawyerMayReceiveFrom.every((kind) => other.consultedLawyerMayReceiveFrom.includes(kind));

const evolve = (state: PolicyState, event: PolicyEvent): PolicyState => {
  event.type satisfies 'ProgrammePolicySet';
  const others = state.policies.filter(({ from }) => from !== event.from);
  return {
    policies: [...others, { from: event.from, policy: event.policy }].sort((one, other) =>
      one.from < other.from ? -1 : 1,
    ),
  };
};

/** Programme policy: what a location decided to do differently from the rest, and from when. */
export const policyDecider: Decider<PolicyState, SetProgrammePolicy, PolicyEvent> = {
  initialState: { policies: [] },
  decide,
  evolve,
};
