import { randomUUID } from 'node:crypto';
import { as, people, step, type StepAnswer, type TestSystem } from '../support/system.js';
import { testPrincipal } from '../support/tokens.js';
import { closed, officers, taken } from './support.js';

/** Sings a canary of its own in every personal field, through steps, errors and refusals. */
export interface CanaryChoir {
  /** In every canary of this choir. */
  readonly song: string;
  /** The personal inputs that are sealed as one: which fields each has, by the name of its GraphQL type. */
  readonly inputs: Readonly<Record<string, object>>;
  /** What callers were told that is not their own data back. */
  readonly complaints: readonly string[];
  /** One case from its registration to its closing. */
  singCase(): Promise<StepAnswer>;
  /** Somebody who comes to work at the Loket and leaves it. @returns the professional's id */
  singProfessional(): Promise<string>;
}

export function canaryChoir(system: TestSystem): CanaryChoir {
  const song = `kanarie${randomUUID().slice(0, 8)}`;
  const complaints: string[] = [];
  let sung = 0;
  const [loket, lawyer] = [as('loket'), as('lawyer')];
  const canary = (): string => `${song}-${(sung += 1)}`;
  const details = () => ({ name: canary(), phone: canary(), email: canary() });
  const dossier = () => ({
    caseSketch: canary(),
    adviceSoFar: canary(),
    documents: [canary()],
    senderContact: canary(),
  });

  const account = () => ({ result: 'ADVICE_GIVEN', advice: canary(), motivation: canary(), rating: 8 });
  const client = () => ({
    name: canary(),
    phone: canary(),
    email: canary(),
    address: canary(),
    safeContact: canary(),
    interpreterLanguage: canary(),
  });
  const facts = () => ({
    channel: 'PHONE',
    primaryArea: 'HUURRECHT',
    opposingPartyKind: 'LANDLORD',
    opposingPartyName: canary(),
    clientQuestion: canary(),
    professionalQuestion: canary(),
    signaleringRelevance: 'NO',
  });
  const idOf = (answer: StepAnswer, kind: string): string =>
    answer.created.find((one) => one.kind === kind)?.id ?? '';

  async function singCase(): Promise<StepAnswer> {
    const open = await taken(system, loket, 'registerCaseWithConversation', {
      registration: { registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT', client: client(), ...facts() },
      request: { askedKind: 'ADVOCATUUR', questionKind: 'LEGAL_CHECK' },
      contact: { reachedKind: 'ADVOCATUUR' },
      account: account(),
    });

    const caseId = open.id;
    await singEmergency(caseId);
    const counterpart = await taken(system, lawyer, 'registerCounterpart', {
      registrationCode: open.registrationCode,
      note: canary(),
      account: account(),
    });
    const registrationId = idOf(open, 'registration');
    const corrected = { caseId, reason: 'NEW_INFORMATION' };
    await taken(system, loket, 'correctRegistration', {
      ...corrected,
      registrationId,
      facts: facts(),
      signaleringRelevance: 'NO',
    });
    await taken(system, lawyer, 'correctConversation', {
      ...corrected,
      conversationId: idOf(open, 'conversation'),
      side: 'CONSULTED',
      account: account(),
    });
    await taken(system, loket, 'assessSelfReliance', {
      caseId,
      outcome: 'SELF_RELIANT',
      wronglyAssumed: false,
      indicators: canary(),
    });
    const referral = await taken(system, loket, 'referCase', {
      caseId,
      toOrganisationId: people.lawyer.organisationId,
      warmth: 'COLD',
      coldReason: canary(),
    });
    const referralId = idOf(referral, 'referral');
    const explanation = { reason: 'NO_CAPACITY', explanation: canary() };
    await taken(system, lawyer, 'declineReferral', { caseId, referralId, ...explanation });
    const prepared = await taken(system, loket, 'prepareHandover', {
      caseId,
      dossier: dossier(),
    });
    const handoverId = idOf(prepared, 'handover');
    await taken(system, loket, 'giveHandoverConsent', { caseId, handoverId, form: 'ORAL' });
    await taken(system, loket, 'offerHandover', {
      caseId,
      handoverId,
      toProfessionalId: people.elsewhere.professionalId,
    });
    const declined = { reason: 'NO_CAPACITY', explanation: canary() };
    await taken(system, as('elsewhere'), 'declineHandover', { caseId, handoverId, ...declined });
    await taken(system, lawyer, 'flagForSignalering', {
      caseId,
      registrationId: idOf(counterpart, 'registration'),
      kind: 'GOES_WELL',
      themes: ['TENANCY'],
      selfRelianceWronglyAssumed: false,
      gapInLegalAid: false,
      bestPracticeCandidate: false,
      note: canary(),
    });
    await complain(caseId);
    await closed(system, loket, caseId);
    return open;
  }

  /** Before the lawyer has any part in the case. */
  async function singEmergency(caseId: string): Promise<void> {
    const order = { caseId, reason: canary() };
    const access = await step(system, lawyer, 'takeEmergencyAccess', order, 'EMERGENCY');
    const emergencyId = idOf(access, 'emergency');
    const verdict = { verdict: 'NOT_JUSTIFIED', note: canary() };
    await taken(system, officers.loket, 'reviewEmergencyAccess', { caseId, emergencyId, ...verdict });
  }

  async function singProfessional(): Promise<string> {
    const professionalId = randomUUID();
    const { organisationId, locationId } = people.loket;
    const position = { organisationId, locationId };
    for (const [mutation, input] of [
      ['registerProfessional', { ...position, details: details() }],
      ['changeProfessionalDetails', { details: details() }],
      ['deactivateProfessional', { reason: 'LEFT' }],
    ] as const)
      await taken(system, testPrincipal.admin, mutation, { professionalId, ...input });
    return professionalId;
  }

  /** Errors and refusals, with a canary in all that can be written. */
  async function complain(caseId: string): Promise<void> {
    const registerCase = `mutation ($input: RegisterCaseInput!) { registerCase(input: $input) {
      __typename ... on StepRefused { code field facts { name values } message { nl en } } } }`;
    const commandId = randomUUID();
    const registration = { registrationKind: 'FIRST_LINE_SIGNALERING_ONLY', client: client(), ...facts() };
    const inputs: object[] = [
      { commandId, ...registration, channel: canary() },
      { commandId, ...registration, clientQuestion: canary().repeat(2_000) },
      { commandId, ...registration, [canary()]: canary() },
      { commandId: canary(), ...registration },
      { commandId, ...registration, registrationKind: 'SECOND_LINE_OWN_SIGNALERING' },
      { commandId, ...registration, occurredAt: '2014-01-01T00:00:00Z' },
    ];
    for (const input of inputs)
      complaints.push(JSON.stringify(await system.ask(loket, registerCase, { input })));
    const close = `mutation ($input: CloseCaseInput!) { closeCase(input: $input) { __typename ... on StepRefused { code facts { name values } } } }`;
    const unknown = { commandId, caseId: randomUUID(), outcome: canary(), solution: 'ADVICE' };
    complaints.push(JSON.stringify(await system.ask(loket, close, { input: unknown })));
    const query = `query ($id: Uuid!) { case(id: $id) { client { name { value } } } }`;
    for (const [principal, id] of [
      [as('elsewhere'), caseId],
      [testPrincipal.board, caseId],
      [loket, canary()],
    ] as const)
      complaints.push(JSON.stringify(await system.ask(principal, query, { id })));
  }

  const inputs = {
    ClientInput: client(),
    HandoverDossierInput: dossier(),
    ProfessionalDetailsInput: details(),
  };
  return { song, inputs, complaints, singCase, singProfessional };
}
