import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ConversationSide, RegisteredCase } from '@spil/domain';
import { CaseDesk } from '../desk/case-desk.js';
import type { StepOrder, StepResult } from '../desk/step-order.js';

/** Input of linking a registration that started as a case of its own (rule 8). */
export interface LinkRegistrationInput {
  /** The own case, whose registration is linked. */
  readonly caseId: string;
  /** Of the case that it is linked to. */
  readonly registrationCode: string;
  /** On which side of the conversation; the consulted one when left out. */
  readonly side?: ConversationSide | null;
  /** Of which conversation there the own account is; the latest one without this side's account when left out. */
  readonly conversationId?: string | null;
}

export class LinkRegistration extends Command<StepResult> {
  constructor(
    readonly order: StepOrder,
    readonly input: LinkRegistrationInput,
  ) {
    super();
  }
}

/** Writes to two streams, the host's first, once both would accept; a retry completes a link that stopped between them. */
@CommandHandler(LinkRegistration)
export class LinkRegistrationHandler implements ICommandHandler<LinkRegistration> {
  constructor(private readonly desk: CaseDesk) {}

  async execute({ order, input }: LinkRegistration): Promise<StepResult> {
    const side = input.side ?? 'CONSULTED';
    const guest = await this.desk.view(order, input.caseId);
    if (guest.kind === 'refused') return guest;

    // Before anything is said of the own case: what stands against linking it must not tell a code that may not be used from none.
    const code = await this.desk.hostOf(order, input.registrationCode);
    if (code.kind === 'refused') return code;
    const hostCaseId = code.caseId;
    const asGuest = (conversationId: string | null) =>
      ({ type: 'LinkRegistrationAsGuest', caseId: input.caseId, hostCaseId, side, conversationId }) as const;
    const objection = await this.desk.objection(order, guest.state, asGuest(input.conversationId ?? null));
    if (objection) return { kind: 'refused', refusal: objection };

    // The revision that the caller saw is the own case's.
    const host = await this.desk.joinByCode(
      { ...order, expectedRevision: null },
      input.registrationCode,
      input,
      ({ caseId, conversationWithout }) => ({
        type: 'LinkRegistrationAsHost',
        caseId,
        guestCaseId: input.caseId,
        ...registrationOf(guest.state),
        side,
        conversationId: gaveAccount(guest.state, side)
          ? (input.conversationId ?? conversationWithout(side) ?? null)
          : null,
      }),
    );
    if (host.kind === 'refused') return host;

    const linked = host.events.find((event) => event.type === 'RegistrationLinked');
    return this.desk.take(order, input.caseId, input, () => asGuest(linked?.conversationId ?? null));
  }
}

function registrationOf(guest: RegisteredCase) {
  const own = guest.registrations[guest.registrationId];
  if (own?.role !== 'OWN') throw new Error(`case ${guest.caseId} has no registration of its own`);
  return {
    registrationId: own.registrationId,
    registeredBy: own.registeredBy,
    registrationKind: own.kind,
  };
}

const gaveAccount = (guest: RegisteredCase, side: ConversationSide): boolean =>
  Object.values(guest.conversations).some(
    (conversation) => conversation.accounts[side].status === 'RECORDED',
  );
