import { Injectable } from '@nestjs/common';
import { mayForOrganisation, type CaseworkPrincipal, type PrivacyPrincipal } from '@spil/access';
import {
  caseDecider,
  erasableCase,
  erasureDecider,
  isRefusal,
  organisationDecider,
  refuse,
  type ErasableCase,
  type ErasureCommand,
  type ErasureState,
  type Refusal,
  type RetentionTerm,
} from '@spil/domain';
import { DecisionRunner, derivedId, KeyStore } from '@spil/event-store';
import { Clock } from '../desk/clock.js';
import { References } from '../desk/references.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';
import { contextOf, principalName, resultOf, runOf } from '../desk/step-session.js';

/** When nothing was ever recorded in a case, nothing stands against erasing it. */
const never = new Date(0).toISOString();

/** Somebody of an organisation who decides over its requests to erase. */
type Officer = CaseworkPrincipal | PrivacyPrincipal;

/** Where the decisions of privacy officers come in; each of them sees the requests of the own organisation only. */
@Injectable()
export class ErasureDesk {
  constructor(
    private readonly runner: DecisionRunner,
    private readonly clock: Clock,
    private readonly references: References,
    private readonly keys: KeyStore,
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
    command: (officer: Officer, state: ErasureState) => Promise<ErasureCommand | Refusal>,
  ): Promise<StepResult> {
    const officer = await this.officer(order);
    if (isRefusal(officer)) return { kind: 'refused', refusal: officer };
    const context = contextOf(order, this.clock);
    if (isRefusal(context)) return { kind: 'refused', refusal: context };
    const outcome = await this.runner.runDecision({
      stream: `erasure-${erasureId}`,
      decider: erasureDecider,
      command: (state: ErasureState) => command(officer, state),
      admits: (state) =>
        state.status === 'NOT_REQUESTED' || state.organisationId === officer.organisationId
          ? undefined
          : refuse('ERASURE_NOT_FOUND', { field: 'erasureId' }),
      subject: () => ({ kind: 'REFERENCE' }),
      payload,
      ...runOf(order, context),
    });
    return resultOf(erasureId, outcome, []);
  }

  /** The principal as somebody active in the position that the token names, whom the policy lets forget clients. */
  async officer({ principal }: StepOrder): Promise<Officer | Refusal> {
    if (!mayForOrganisation(principal, 'FORGET_CLIENTS')) return refuse('NOT_ALLOWED');
    const self = await this.references.party(principal.professionalId, 'actor');
    if (isRefusal(self)) return self;
    return self.organisationId === principal.organisationId && self.locationId === principal.locationId
      ? principal
      : refuse('NOT_ALLOWED', { facts: { reason: 'TOKEN_NAMES_FORMER_POSITION' } });
  }

  /** The client of a case in which the organisation holds data; a case of others is answered as one that does not exist. */
  async clientOf(caseId: string, organisationId: string): Promise<string | Refusal> {
    const { state } = await this.runner.loadState(`case-${caseId}`, caseDecider);
    const clientId = state.status === 'NOT_REGISTERED' ? caseId : state.clientId;
    const held = await this.keys.casesOf(clientId, organisationId);
    return held.includes(caseId) ? clientId : refuse('CASE_NOT_FOUND', { field: 'caseId' });
  }

  /** Every case in which the organisation holds data of the client now, for the legal check. */
  async casesOf(clientId: string, organisationId: string): Promise<ErasableCase[]> {
    const cases: ErasableCase[] = [];
    for (const caseId of await this.keys.casesOf(clientId, organisationId)) {
      const { state } = await this.runner.loadState(`case-${caseId}`, caseDecider);
      cases.push(
        state.status === 'NOT_REGISTERED'
          ? { caseId, open: false, handoverUnderWay: false, endedAt: never }
          : erasableCase(state, organisationId),
      );
    }
    return cases;
  }

  /** For how long the organisation keeps the data of a closed case. */
  async retentionOf(organisationId: string): Promise<RetentionTerm | Refusal> {
    const { state } = await this.runner.loadState(`organisation-${organisationId}`, organisationDecider);
    return state.status === 'NOT_REGISTERED'
      ? refuse('ORGANISATION_NOT_FOUND', { field: 'organisationId' })
      : state.retention;
  }
}
