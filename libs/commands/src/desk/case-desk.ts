import { Injectable } from '@nestjs/common';
import { isCaseworker, may, type Asker, type CaseAction, type Purpose } from '@spil/access';
import {
  caseDecider,
  conversationsAwaiting,
  isRefusal,
  recordsNoMore,
  refuse,
  type CaseCommand,
  type CaseState,
  type ConversationSide,
  type RegisteredCase,
  type Refusal,
} from '@spil/domain';
import { DecisionRunner } from '@spil/event-store';
import { CaseAdmission } from './case-admission.js';
import { Clients } from './clients.js';
import type { CaseStepTools } from './case-step-tools.js';
import { caseStepTools } from './make-case-step-tools.js';
import { References } from './references.js';
import { RegistrationCodes } from './registration-codes.js';
import { StepSession, StepSessions } from './step-session.js';
import type { StepOrder, StepResult } from './step-order.js';

type MaybePromise<T> = T | Promise<T>;

/** What opening a case gives to the step that fills it. */
export interface Opening {
  readonly caseId: string;
  readonly registrationCode: string;
  readonly clientId: string;
  readonly step: CaseStepTools;
}

/** What joining a case by its registration code gives to the other side's step. */
export interface Joining {
  readonly caseId: string;
  readonly state: RegisteredCase;
  readonly step: CaseStepTools;
  /** The latest conversation of which this side has not given its account. */
  readonly conversationWithout: (side: ConversationSide) => string | undefined;
  /** The piket request that nobody answered yet, the latest one where there are more. */
  readonly openRequest: string | undefined;
}

/** Where steps on cases come in: who may act is checked, the step is decided on the case as it stands, and appended. */
@Injectable()
export class CaseDesk {
  constructor(
    private readonly runner: DecisionRunner,
    private readonly sessions: StepSessions,
    private readonly references: References,
    private readonly codes: RegistrationCodes,
    private readonly clients: Clients,
    private readonly admission: CaseAdmission,
  ) {}

  /**
   * Takes a step on a case that exists. A case that the principal may not act on is answered as one that does not exist.
   * @throws EventStoreUnavailable, KeyStoreUnavailable
   */
  async take(
    order: StepOrder,
    caseId: string,
    payload: object,
    build: (step: CaseStepTools, state: RegisteredCase) => MaybePromise<CaseCommand | Refusal>,
    action: CaseAction = 'ACT_ON_CASE',
  ): Promise<StepResult> {
    const session = await this.sessions.begin(order, purposeOf[action]);
    if (isRefusal(session)) return { kind: 'refused', refusal: session };
    return this.decide(session, caseId, payload, { action, unknown: unknownCase }, (state, step) =>
      build(step, state),
    );
  }

  /** The case as it stands, for a step that writes to more than one; unseen cases are answered as unknown ones. */
  async view(
    order: StepOrder,
    caseId: string,
  ): Promise<
    { readonly kind: 'seen'; readonly state: RegisteredCase } | (StepResult & { readonly kind: 'refused' })
  > {
    const session = await this.sessions.begin(order);
    if (isRefusal(session)) return { kind: 'refused', refusal: session };
    const seen = await this.seen(session, 'ACT_ON_CASE', caseId);
    return seen ? { kind: 'seen', state: seen } : { kind: 'refused', refusal: unknownCase() };
  }

  /**
   * The case to which a registration code lets the asker link, for a step that writes to more than one. Where the code may not be
   * used, it is answered as one that nobody has.
   */
  async hostOf(
    order: StepOrder,
    registrationCode: string,
  ): Promise<
    { readonly kind: 'seen'; readonly caseId: string } | (StepResult & { readonly kind: 'refused' })
  > {
    const session = await this.sessions.begin(order);
    if (isRefusal(session)) return { kind: 'refused', refusal: session };
    const caseId = await this.codes.caseOf(registrationCode);
    if (isRefusal(caseId)) return { kind: 'refused', refusal: caseId };
    const host = await this.seen(session, 'LINK_BY_CODE', caseId);
    return host ? { kind: 'seen', caseId } : { kind: 'refused', refusal: unknownCode() };
  }

  /**
   * What would refuse a step on a case, decided without appending anything: for a step that writes to two cases and must not
   * stop between them.
   */
  async objection(
    order: StepOrder,
    state: RegisteredCase,
    command: CaseCommand,
  ): Promise<Refusal | undefined> {
    const session = await this.sessions.begin(order);
    if (isRefusal(session)) return session;
    const decision = caseDecider.decide(command, state, session.context);
    return isRefusal(decision) ? decision : undefined;
  }

  /** Opens a case: reserves its registration code, then registers it. The same order opens the same case. */
  async open(
    order: StepOrder,
    payload:
      | { readonly knownClientId?: string | null }
      | { readonly registration: { readonly knownClientId?: string | null } },
    build: (opening: Opening) => MaybePromise<CaseCommand | Refusal>,
  ): Promise<StepResult> {
    if (!may(order.principal, 'REGISTER_CASE')) return { kind: 'refused', refusal: refuse('NOT_ALLOWED') };
    const session = await this.sessions.begin(order);
    if (isRefusal(session)) return { kind: 'refused', refusal: session };
    const location = await this.references.location(session.actor.locationId);
    if (isRefusal(location)) return { kind: 'refused', refusal: location };

    const caseId = session.newId('case');
    const known = 'registration' in payload ? payload.registration.knownClientId : payload.knownClientId;
    const clientId = known ?? session.newId('client');
    const result = await this.run(session, caseId, payload, clientId, async (state) => {
      if (known != null && !(await this.clients.isKnownTo(session.asker, known))) {
        return refuse('CLIENT_NOT_FOUND', { field: 'knownClientId' });
      }
      const step = caseStepTools({ session, state, caseId, clientId, references: this.references });
      const commandWith = (registrationCode: string) => build({ caseId, registrationCode, clientId, step });
      const wanted = this.codes.firstFor(caseId);
      const command = await commandWith(wanted);
      if (isRefusal(command)) return command;
      // What is refused must leave nothing in the log, so that it is decided before its code is reserved.
      const decision = caseDecider.decide(command, state, session.context);
      if (isRefusal(decision)) return decision;
      const reserved = await this.codes.reserveFor(caseId, session);
      return reserved === wanted ? command : commandWith(reserved);
    });
    if (result.kind === 'refused') return result;
    const registered = result.events.find((event) => event.type === 'CaseRegistered');
    return { ...result, ...(registered && { registrationCode: registered.registrationCode }) };
  }

  /**
   * Lets the other side join a case by the registration code that was read out; the code reveals nothing else (rule 8). Where it
   * may not be used, it is answered as one that nobody has; and what stands against the step is told without the facts of a case
   * that is not theirs to see.
   */
  async joinByCode(
    order: StepOrder,
    registrationCode: string,
    payload: object,
    build: (joining: Joining) => MaybePromise<CaseCommand | Refusal>,
  ): Promise<StepResult> {
    if (!isCaseworker(order.principal)) return { kind: 'refused', refusal: refuse('NOT_ALLOWED') };
    const session = await this.sessions.begin(order);
    if (isRefusal(session)) return { kind: 'refused', refusal: session };
    const caseId = await this.codes.caseOf(registrationCode);
    if (isRefusal(caseId)) return { kind: 'refused', refusal: caseId };
    const access = { action: 'LINK_BY_CODE', unknown: unknownCode } as const;
    return this.decide(session, caseId, payload, access, (state, step) =>
      build({
        caseId,
        state,
        step,
        conversationWithout: (side) => latestWithout(state, side),
        openRequest: latestOpenRequest(state),
      }),
    );
  }

  private async seen(
    session: StepSession,
    action: CaseAction,
    caseId: string,
  ): Promise<RegisteredCase | undefined> {
    const { state } = await this.runner.loadState(`case-${caseId}`, caseDecider);
    return this.admitted(state, action, session.asker);
  }

  private async decide(
    session: StepSession,
    caseId: string,
    payload: object,
    { action, unknown }: { readonly action: CaseAction; readonly unknown: () => Refusal },
    build: (state: RegisteredCase, step: CaseStepTools) => MaybePromise<CaseCommand | Refusal>,
  ): Promise<StepResult> {
    const asked: { tellsFacts: boolean } = { tellsFacts: true };
    const command = async (state: CaseState): Promise<CaseCommand | Refusal> => {
      if (state.status === 'NOT_REGISTERED') return unknown();
      const { clientId } = state;
      const step = caseStepTools({ session, state, caseId, clientId, references: this.references });
      const built = await build(state, step);
      const erased = step.hasSealed() ? recordsNoMore(state, session.actor.organisationId) : null;
      return isRefusal(built) ? built : (erased ?? built);
    };
    const result = await this.run(session, caseId, payload, undefined, command, (state) => {
      asked.tellsFacts = action !== 'LINK_BY_CODE' || this.sees(state, session.asker);
      return this.admitted(state, action, session.asker) === undefined ? unknown() : undefined;
    });
    return result.kind === 'accepted' || asked.tellsFacts ? result : withoutFacts(result);
  }

  /** Who answers an offer, links by a code or watches over access may take a step on a case of which they see no history. */
  private showsHistory(state: CaseState, asker: Asker | undefined): boolean {
    return this.admitted(state, 'SEE_HISTORY', asker) !== undefined;
  }

  private async run(
    session: StepSession,
    caseId: string,
    payload: object,
    newClientId: string | undefined,
    build: (state: CaseState) => MaybePromise<CaseCommand | Refusal>,
    admits: (state: CaseState) => Refusal | undefined = () => undefined,
  ): Promise<StepResult> {
    const outcome = await this.runner.runDecision({
      stream: `case-${caseId}`,
      decider: caseDecider,
      command: build,
      admits,
      showsHistory: (state) => this.showsHistory(state, session.asker),
      subject: (state) => ({
        kind: 'CASE',
        caseId,
        clientId: state.status === 'NOT_REGISTERED' ? (newClientId ?? caseId) : state.clientId,
        organisationId: session.actor.organisationId,
      }),
      payload,
      ...session.run,
    });
    return session.result(caseId, outcome);
  }

  private sees(state: CaseState, asker: Asker | undefined): boolean {
    return this.admitted(state, 'SEE_CASE', asker) !== undefined;
  }

  /** The case, when there is one and the asker may do this with it. The code of one that was linked leads nobody on to where it went. */
  private admitted(
    state: CaseState,
    action: CaseAction,
    asker: Asker | undefined,
  ): RegisteredCase | undefined {
    if (state.status === 'NOT_REGISTERED' || asker === undefined) return undefined;
    if (action === 'LINK_BY_CODE' && state.status === 'LINKED' && !this.sees(state, asker)) return undefined;
    return this.admission.admits(asker, action, state) ? state : undefined;
  }
}

/** What steps are for that are not for the own purpose of a role. */
const purposeOf: Partial<Record<CaseAction, Purpose>> = { TAKE_EMERGENCY_ACCESS: 'EMERGENCY' };

const unknownCase = (): Refusal => refuse('CASE_NOT_FOUND', { field: 'caseId' });

const unknownCode = (): Refusal =>
  refuse('REGISTRATION_CODE_UNKNOWN', { rule: 'rule 1', field: 'registrationCode' });

const withoutFacts = (result: StepResult & { readonly kind: 'refused' }): StepResult => ({
  ...result,
  refusal: { ...result.refusal, facts: {} },
});

const latestOpenRequest = (state: RegisteredCase): string | undefined =>
  Object.values(state.requests)
    .filter((request) => request.status === 'OPEN')
    .sort((one, other) => one.at.localeCompare(other.at))
    .at(-1)?.piketRequestId;

const latestWithout = (state: RegisteredCase, side: ConversationSide): string | undefined =>
  conversationsAwaiting(state, side)
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .at(-1)?.conversationId;
