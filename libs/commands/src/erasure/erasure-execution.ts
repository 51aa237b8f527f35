import { Injectable } from '@nestjs/common';
import {
  caseDecider,
  erasureDecider,
  professionalDecider,
  type CaseCommand,
  type DecisionContext,
  type DestroyedKey,
} from '@spil/domain';
import { DecisionRunner, derivedId, KeyStore, type DecisionOutcome } from '@spil/event-store';
import { Clock } from '../desk/clock.js';
import { Recipients } from './recipients.js';

const principal = 'system:erasure';

interface Ordered {
  readonly erasureId: string;
  readonly clientId: string;
  readonly organisationId: string;
}

/**
 * Carries out what was ordered: tells each case, destroys the key, tells the case that it is done; then the certificate. Every
 * step can be repeated, so that whoever comes after a crash, or at the same time, ends at the same certificate.
 */
@Injectable()
export class ErasureExecution {
  constructor(
    private readonly runner: DecisionRunner,
    private readonly keys: KeyStore,
    private readonly clock: Clock,
    private readonly recipients: Recipients,
  ) {}

  /**
   * Completes an erasure, from wherever it stands.
   * @returns whether there is a certificate now; without an order there is none
   * @throws EventStoreUnavailable, KeyStoreUnavailable; what Postgres throws when the access log is away: the certificate waits for it
   */
  async carryOut(erasureId: string): Promise<boolean> {
    const { state } = await this.runner.loadState(`erasure-${erasureId}`, erasureDecider);
    if (state.status === 'COMPLETED') return true;
    if (state.status !== 'ORDERED') return false;
    const destroyed: DestroyedKey[] = [];
    for (const caseId of state.caseIds) destroyed.push(await this.erase(state, caseId));
    // Asked when the keys are gone: who was shown something meanwhile is to hear of it as well.
    const told: DestroyedKey[] = [];
    for (const one of destroyed) told.push({ ...one, recipients: await this.othersShown(state, one.caseId) });
    const outcome = await this.runner.runDecision({
      stream: `erasure-${erasureId}`,
      decider: erasureDecider,
      command: () => ({ type: 'CompleteErasure' as const, erasureId, destroyed: told }),
      // Without the recipients: of two processes that do the same, one may see a later row of the access log.
      payload: { erasureId, destroyed },
      ...this.run(erasureId, 'complete'),
    });
    accepted(outcome);
    return true;
  }

  /**
   * Completes the erasure of a professional's name and contact details, from wherever it stands.
   * @returns whether they are gone now; without an order they are not
   * @throws EventStoreUnavailable, KeyStoreUnavailable
   */
  async carryOutForProfessional(professionalId: string): Promise<boolean> {
    const stream = `professional-${professionalId}`;
    const { state } = await this.runner.loadState(stream, professionalDecider);
    if (state.status !== 'INACTIVE' || state.erasure === null) return false;
    if (state.erasure.erased) return true;
    const { keyId } = await this.keys.destroyKey({ kind: 'PROFESSIONAL', professionalId });
    const command = { type: 'RecordProfessionalErasure', professionalId, keyId } as const;
    accepted(
      await this.runner.runDecision({
        stream,
        decider: professionalDecider,
        command: () => command,
        payload: command,
        ...this.run(derivedId(principal, professionalId, 'professional'), 'record'),
      }),
    );
    return true;
  }

  private async othersShown({ clientId, organisationId }: Ordered, caseId: string): Promise<string[]> {
    const shown = await this.recipients.of({ caseId, clientId });
    return shown.filter((id) => id !== organisationId);
  }

  private async erase(ordered: Ordered, caseId: string): Promise<DestroyedKey> {
    const { erasureId, clientId, organisationId } = ordered;
    const order = { type: 'OrderClientErasure', caseId, erasureId, organisationId } as const;
    // The client is not of the payload: what an earlier release told a case is then known as told.
    await this.tell(caseId, erasureId, 'order', { ...order, clientId }, order);
    const { keyId, destroyedAt } = await this.keys.destroyKey({
      kind: 'CASE',
      clientId,
      caseId,
      organisationId,
    });
    await this.tell(caseId, erasureId, 'record', {
      type: 'RecordClientErasure',
      caseId,
      erasureId,
      organisationId,
      keyId,
    });
    return { caseId, keyId, destroyedAt };
  }

  /** Tells the case's stream, also of a case that is not registered (yet): from there on nobody can register it. */
  private async tell(
    caseId: string,
    erasureId: string,
    step: 'order' | 'record',
    command: CaseCommand,
    payload: object = command,
  ): Promise<void> {
    accepted(
      await this.runner.runDecision({
        stream: `case-${caseId}`,
        decider: caseDecider,
        command: () => command,
        payload,
        ...this.run(erasureId, step),
      }),
    );
  }

  private run(erasureId: string, step: 'order' | 'record' | 'complete') {
    const now = this.clock.now();
    const context: DecisionContext = {
      actor: { kind: 'SYSTEM', process: 'erasure' },
      mandate: 'PROCESS',
      occurredAt: now,
      recordedAt: now,
    };
    return {
      context,
      principal,
      commandId: derivedId(principal, erasureId, step),
      correlationId: erasureId,
      causationId: erasureId,
      subject: () => null,
    };
  }
}

/** What was ordered cannot be refused any more. */
function accepted(outcome: DecisionOutcome): void {
  if (outcome.kind === 'refused') throw new Error(`an ordered erasure was refused: ${outcome.refusal.code}`);
}
