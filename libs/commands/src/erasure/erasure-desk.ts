import { Injectable } from '@nestjs/common';
import {
  mayForOrganisation,
  purposeFor,
  worksAsTokenSays,
  type Asker,
  type OrganisationPrincipal,
} from '@spil/access';
import {
  erasableCase,
  erasureDecider,
  isRefusal,
  organisationDecider,
  refuse,
  type CaseState,
  type DecisionContext,
  type ErasableCase,
  type ErasureCommand,
  type ErasureState,
  type Refusal,
  type RequestedErasure,
  type RetentionTerm,
} from '@spil/domain';
import { DecisionRunner, derivedId, KeyStore } from '@spil/event-store';
import { Clock } from '../desk/clock.js';
import { References } from '../desk/references.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { contextOf, principalName, resultOf, runOf } from '../desk/step-session.js';
import { ErasureGate } from './erasure-gate.js';

/** When nothing was ever recorded in a case, nothing stands against erasing it. */
const never = new Date(0).toISOString();

/** Somebody who decides over the requests to erase of an organisation. */
export interface ErasureOfficer {
  readonly organisationId: string;
  readonly asker: Asker;
}

interface OfficerSession {
  readonly principal: OrganisationPrincipal;
  readonly context: DecisionContext;
}

/**
 * Where the decisions of privacy officers come in. Each of them sees the requests of the own organisation only, and of these none that
 * is about nothing but cases in which they act for the other party.
 */
@Injectable()
export class ErasureDesk {
  constructor(
    private readonly runner: DecisionRunner,
    private readonly clock: Clock,
    private readonly references: References,
    private readonly keys: KeyStore,
    private readonly gate: ErasureGate,
  ) {}

  /** The id of the request that an order makes; the same when it is repeated. */
  newId(order: StepOrder): string {
    return derivedId(principalName(order.principal), order.commandId, 'erasure');
  }

  /**
   * Decides on a request to erase. Refuses everyone whom the policy does not let forget clients.
   * @throws EventStoreUnavailable, KeyStoreUnavailable
   */
  async decide(
    order: StepOrder,
    erasureId: string,
    payload: object,
    command: (officer: ErasureOfficer, state: ErasureState) => Promise<ErasureCommand | Refusal>,
  ): Promise<StepResult> {
    const session = await this.officer(order);
    if (isRefusal(session)) return { kind: 'refused', refusal: session };
    const { principal, context } = session;
    const { organisationId } = principal;
    const purpose = purposeFor(principal.role);
    const officer = { organisationId, asker: { principal, purpose, at: context.recordedAt } };
    const stream = `erasure-${erasureId}`;
    // Before the runner compares command ids: that one was used on a request would tell that there is one.
    const { state: known } = await this.runner.loadState(stream, erasureDecider);
    const refusal = (await this.mayKnow(officer, known)) ? undefined : unknownErasure();
    const outcome = await this.runner.runDecision({
      stream,
      decider: erasureDecider,
      command: (state: ErasureState) => command(officer, state),
      admits: () => refusal,
      subject: () => ({ kind: 'REFERENCE' }),
      payload,
      ...runOf(order, context),
    });
    return resultOf(erasureId, outcome, []);
  }

  /**
   * The principal as somebody active in the position that the token names, whom the policy lets forget clients, and the context of the
   * decision. Refuses a purpose that steps are not for before anyone is looked up.
   */
  async officer(order: StepOrder): Promise<OfficerSession | Refusal> {
    const { principal } = order;
    if (!mayForOrganisation(principal, 'FORGET_CLIENTS')) return refuse('NOT_ALLOWED');
    const context = contextOf(order, this.clock);
    if (isRefusal(context)) return context;
    const self = await this.references.party(principal.professionalId, 'actor');
    if (isRefusal(self)) return self;
    return worksAsTokenSays(principal, self)
      ? { principal, context }
      : refuse('NOT_ALLOWED', { facts: { reason: 'TOKEN_NAMES_FORMER_POSITION' } });
  }

  /** A case in which the organisation holds data of a client; where the officer may not know, as where there is none. */
  async heldCase(
    caseId: string,
    { organisationId, asker }: ErasureOfficer,
  ): Promise<{ readonly clientId: string; readonly erasable: ErasableCase } | Refusal> {
    const state = (await this.gate.openTo(asker, [caseId])).get(caseId);
    const clientId = state === undefined || state.status === 'NOT_REGISTERED' ? caseId : state.clientId;
    // Asked for a shut case too: its answer must take as long as that of a case that there is not.
    const held = await this.keys.casesOf(clientId, organisationId);
    if (state === undefined || !held.includes(caseId)) return nothingHeld();
    return { clientId, erasable: erasableIn(caseId, state, organisationId) };
  }

  /** Every case that a request means and in which the organisation holds data now: for the legal check, or left to a colleague. */
  async casesOf(
    { clientId, caseId: only }: Pick<RequestedErasure, 'clientId' | 'caseId'>,
    { organisationId, asker }: ErasureOfficer,
  ): Promise<{ readonly cases: ErasableCase[]; readonly left: string[] }> {
    const held = (await this.keys.casesOf(clientId, organisationId)).filter(
      (caseId) => only === null || caseId === only,
    );
    const open = await this.gate.openTo(asker, held);
    return {
      cases: [...open].map(([caseId, state]) => erasableIn(caseId, state, organisationId)),
      left: held.filter((caseId) => !open.has(caseId)),
    };
  }

  /** A request is the business of the own organisation, and of nobody whom every case that it is about shuts out. */
  private async mayKnow({ organisationId, asker }: ErasureOfficer, state: ErasureState): Promise<boolean> {
    if (state.status === 'NOT_REQUESTED') return true;
    if (state.organisationId !== organisationId) return false;
    const ordered = 'caseIds' in state ? state : null;
    return (await this.gate.openIn(asker, { ...state, ordered })) !== undefined;
  }

  /** For how long the organisation keeps the data of a closed case. */
  async retentionOf(organisationId: string): Promise<RetentionTerm | Refusal> {
    const { state } = await this.runner.loadState(`organisation-${organisationId}`, organisationDecider);
    return state.status === 'NOT_REGISTERED'
      ? refuse('ORGANISATION_NOT_FOUND', { field: 'organisationId' })
      : state.retention;
  }
}

const erasableIn = (caseId: string, state: CaseState, organisationId: string): ErasableCase =>
  state.status === 'NOT_REGISTERED'
    ? { caseId, open: false, handoverUnderWay: false, endedAt: never }
    : erasableCase(state, organisationId);

const unknownErasure = (): Refusal => refuse('ERASURE_NOT_FOUND', { field: 'erasureId' });

/** The same for a case in which the organisation holds nothing, for one that does not exist, and behind a wall. */
const nothingHeld = (): Refusal => refuse('NOTHING_HELD_IN_CASE', { field: 'caseId' });
