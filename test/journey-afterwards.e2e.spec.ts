import { randomUUID } from 'node:crypto';
import type { Principal } from '@spil/access';
import { cast, settle } from './support/cast.js';
import {
  accepted,
  answerTo,
  caseAfter,
  firstLineCase,
  idOf,
  refused,
  type Accepted,
} from './support/casework.js';
import { startSpil, type RunningSpil } from './support/spil.js';

const { raadslied, colleague, loket, lawyer, partner, strangeLawyer, board, auditor, admin } = cast;

/** What happens to cases after the work itself: second thoughts, late answers, links, policy. */
describe('after the work on a case', () => {
  let spil: RunningSpil;

  beforeAll(async () => {
    spil = await startSpil();
    await settle(spil);
  }, 120_000);
  afterAll(async () => {
    await spil.stop();
    await spil.clean();
  });

  const take = (who: Principal, mutation: string, input: object) =>
    accepted(spil, who, mutation, { ...input });
  const figures = async <Figures>(
    fields: string,
    at: { after?: Accepted; asOf?: string },
  ): Promise<Figures> => {
    const document = `query ($atLeast: AtLeastInput, $asOf: Instant) {
      figures(atLeast: $atLeast, asOf: $asOf, locationId: "utrecht") { ${fields} } }`;
    const variables = {
      ...(at.after && { atLeast: { position: at.after.position } }),
      ...(at.asOf !== undefined && { asOf: at.asOf }),
    };
    return (await answerTo<{ figures: Figures }>(spil, board, document, variables)).figures;
  };
  const historyOf = async (id: string, asOf?: string) => {
    const document = `query ($id: Uuid!, $asOf: Instant) { caseHistory(caseId: $id, asOf: $asOf) {
      eventCount state { status primaryArea flags } events { type storedAt } } }`;
    return (
      await answerTo<{
        caseHistory: {
          eventCount: number;
          state: { status: string; primaryArea: string; flags: number } | null;
          events: { type: string; storedAt: string }[];
        };
      }>(spil, auditor, document, { id, asOf })
    ).caseHistory;
  };
  /** A moment after everything recorded so far, by the clock of the store. */
  const momentAfter = async (id: string): Promise<string> =>
    (await historyOf(id)).events.at(-1)?.storedAt ?? '';

  describe('a correction', () => {
    let opened: Accepted;
    let corrected: Accepted;
    let before: string;
    const relevance = (at: { after?: Accepted; asOf?: string }) =>
      figures<object>('registrations(by: AREA) { key count } relevance(by: AREA) { key yes no }', at);

    beforeAll(async () => {
      opened = await take(raadslied, 'registerCase', { ...firstLineCase, signaleringRelevance: 'YES' });
      before = await momentAfter(opened.id);
      const registrationId = idOf(opened, 'registration');
      const facts = { channel: 'PHONE', primaryArea: 'ARBEIDSRECHT', clientMunicipality: 'GM0344' };
      corrected = await take(colleague, 'correctRegistration', {
        caseId: opened.id,
        registrationId,
        facts,
        signaleringRelevance: 'NO',
        reason: 'MISUNDERSTOOD',
      });
    });

    it('of a registration moves the figures to the new value', async () => {
      expect(await relevance({ after: corrected })).toEqual({
        registrations: [{ key: 'ARBEIDSRECHT', count: 1 }],
        relevance: [{ key: 'ARBEIDSRECHT', yes: 0, no: 1 }],
      });
    });

    it('leaves the figures as of before as they were', async () => {
      expect(await relevance({ after: corrected, asOf: before })).toEqual({
        registrations: [{ key: 'HUURRECHT', count: 1 }],
        relevance: [{ key: 'HUURRECHT', yes: 1, no: 0 }],
      });
    });

    it('rewrites nothing: the history still shows the case as it stood', async () => {
      expect((await historyOf(opened.id, before)).state).toMatchObject({
        primaryArea: 'HUURRECHT',
        flags: 1,
      });
      expect((await historyOf(opened.id)).state).toMatchObject({ primaryArea: 'ARBEIDSRECHT' });
    });
  });

  it('a flag counts until it is withdrawn, by either side (rule 9)', async () => {
    const { id, created } = await take(raadslied, 'registerCase', firstLineCase);
    const registrationId = created.find(({ kind }) => kind === 'registration')?.id;
    const flag = { kind: 'BOTTLENECK_IN_SYSTEM', themes: ['TENANCY'], gapInLegalAid: true };
    const flagged = await take(colleague, 'flagForSignalering', {
      caseId: id,
      registrationId,
      ...flag,
      selfRelianceWronglyAssumed: false,
      bestPracticeCandidate: false,
      note: 'Steeds dezelfde verhuurder',
    });
    expect(await caseAfter(spil, raadslied, flagged, 'flags { gapInLegalAid note { value } }')).toEqual({
      flags: [{ gapInLegalAid: true, note: { value: 'Steeds dezelfde verhuurder' } }],
    });
    const flagId = idOf(flagged, 'flag');
    const withdrawn = await take(raadslied, 'withdrawFlag', { caseId: id, flagId, reason: 'MISUNDERSTOOD' });
    expect(await caseAfter(spil, raadslied, withdrawn, 'flags { flagId }')).toEqual({ flags: [] });
    expect(
      await refused(spil, raadslied, 'withdrawFlag', { caseId: id, flagId, reason: 'DOUBLE_ENTRY' }),
    ).toMatchObject({ code: 'FLAG_ALREADY_WITHDRAWN' });
  });

  describe('a contact that never was', () => {
    let opened: Accepted;
    let piketRequestId: string;
    const contacts = () =>
      figures<{ contacts: { count: number }[] }>('contacts { count }', { after: opened });

    beforeAll(async () => {
      opened = await take(raadslied, 'registerCase', firstLineCase);
      const caseId = opened.id;
      const question = { caseId, askedKind: 'ADVOCATUUR', questionKind: 'REFERRAL' };
      piketRequestId = idOf(await take(raadslied, 'requestPiket', question), 'piketRequest');
      await take(raadslied, 'recordContactAttempt', { caseId, piketRequestId, result: 'VOICEMAIL' });
    });

    it('is taken back: the request waits again and the figures forget it', async () => {
      const caseId = opened.id;
      const contact = await take(raadslied, 'recordContact', {
        caseId,
        piketRequestId,
        reachedKind: 'ADVOCATUUR',
      });
      opened = contact;
      expect(await caseAfter(spil, raadslied, contact, 'waitingFor contacts { attempts }')).toEqual({
        waitingFor: 'NEXT_STEP',
        contacts: [{ attempts: 2 }],
      });
      expect((await contacts()).contacts).toEqual([{ count: 1 }]);
      opened = await take(colleague, 'enterFactInError', {
        caseId,
        kind: 'CONTACT',
        id: idOf(contact, 'contact'),
        reason: 'WRONG_CASE',
      });
      expect(await caseAfter(spil, raadslied, opened, 'waitingFor contacts { attempts }')).toEqual({
        waitingFor: 'PIKET_REQUEST_OPEN',
        contacts: [],
      });
      expect((await contacts()).contacts).toEqual([]);
    });

    it('and the conversation is recorded in separate steps once somebody is reached after all', async () => {
      const caseId = opened.id;
      const account = { result: 'REFERRAL_ADVISED', durationMinutes: 12 };
      const contact = await take(raadslied, 'recordContact', {
        caseId,
        piketRequestId,
        reachedKind: 'ADVOCATUUR',
      });
      const { registrations } = (await caseAfter<{ registrations: { registrationId: string }[] }>(
        spil,
        raadslied,
        contact,
        'registrations { registrationId }',
      )) ?? { registrations: [] };
      const told = await take(raadslied, 'recordConversation', {
        caseId,
        conversationId: idOf(contact, 'conversation'),
        registrationId: registrations[0]?.registrationId,
        side: 'ASKING',
        account,
      });
      expect(
        await caseAfter(spil, raadslied, told, 'conversationAccounts { durationMinutes rating }'),
      ).toEqual({
        conversationAccounts: [{ durationMinutes: 12, rating: null }],
      });
    });
  });

  describe('a closed case', () => {
    let opened: Accepted;
    beforeAll(async () => {
      opened = await take(raadslied, 'registerCaseWithConversation', {
        registration: firstLineCase,
        contact: { reachedKind: 'ADVOCATUUR' },
        account: { result: 'ADVICE_GIVEN' },
      });
      const end = { outcome: 'SOLVED', solution: 'ADVICE', solvedInFirstLine: true };
      await take(raadslied, 'closeCase', { caseId: opened.id, ...end });
    });

    it('accepts the late account of the other side and no further step (rule 10)', async () => {
      const assessment = { caseId: opened.id, outcome: 'PARTLY', wronglyAssumed: false };
      expect(await refused(spil, raadslied, 'assessSelfReliance', assessment)).toMatchObject({
        code: 'CASE_CLOSED',
        rule: 'rule 10',
      });
      const late = await take(lawyer, 'registerCounterpart', {
        registrationCode: opened.registrationCode,
        account: { result: 'ADVICE_GIVEN', rating: 7 },
      });
      expect(await caseAfter(spil, raadslied, late, 'status conversationAccounts { side }')).toEqual({
        status: 'CLOSED',
        conversationAccounts: [{ side: 'ASKING' }, { side: 'CONSULTED' }],
      });
    });

    it('goes on once it is reopened', async () => {
      const caseId = opened.id;
      const reopened = await take(colleague, 'reopenCase', { caseId, reason: 'CLIENT_RETURNED' });
      expect(await caseAfter(spil, raadslied, reopened, 'status closing { outcome }')).toEqual({
        status: 'OPEN',
        closing: null,
      });
      expect(await refused(spil, raadslied, 'reopenCase', { caseId, reason: 'NEW_FACTS' })).toMatchObject({
        code: 'CASE_NOT_CLOSED',
      });
    });
  });

  it('a response that no code linked is linked later, and then completes the conversation (rule 8)', async () => {
    const complete = () =>
      figures<{ completeByPair: { count: number }[] }>('completeByPair { count }', { after: linked });
    const host = await take(raadslied, 'registerCaseWithConversation', {
      registration: { ...firstLineCase, primaryArea: 'CONSUMENTENRECHT' },
      contact: { reachedKind: 'ADVOCATUUR' },
      account: { result: 'ADVICE_GIVEN' },
    });
    const guest = await take(partner, 'registerCaseWithConversation', {
      registration: {
        registrationKind: 'SECOND_LINE_RESPONSE_WITHOUT_CODE',
        channel: 'PHONE',
        primaryArea: 'CONSUMENTENRECHT',
      },
      contact: { reachedKind: 'SOCIAAL_RAADSLIEDEN', initiatedBy: 'ASKING' },
      account: { result: 'ADVICE_GIVEN', rating: 6 },
    });
    let linked = guest;
    const before = (await complete()).completeByPair[0]?.count ?? 0;
    const link = { caseId: guest.id, registrationCode: host.registrationCode, commandId: randomUUID() };
    linked = await take(partner, 'linkRegistration', link);
    expect(await take(partner, 'linkRegistration', link)).toEqual(linked);
    expect((await complete()).completeByPair).toEqual([{ count: before + 1 }]);
    expect((await historyOf(guest.id)).state?.status).toBe('LINKED');
    expect(await caseAfter(spil, partner, { ...linked, id: host.id }, 'links { guestCaseId }')).toEqual({
      links: [{ guestCaseId: guest.id }],
    });
    expect(await refused(spil, strangeLawyer, 'linkRegistration', link)).toMatchObject({
      code: 'CASE_NOT_FOUND',
    });
  });

  describe('the lawyer who was consulted', () => {
    const toLawyer = { toOrganisationId: lawyer.organisationId, warmth: 'COLD' };
    let caseId: string;
    beforeAll(async () => {
      const opened = await take(loket, 'registerCaseWithConversation', {
        registration: firstLineCase,
        contact: { reachedKind: 'ADVOCATUUR', reachedProfessionalId: lawyer.professionalId },
      });
      caseId = opened.id;
    });
    const refer = { toProfessionalId: lawyer.professionalId, ...toLawyer };

    it('may not receive the referral under the policy of the pilot (R 1.2)', async () => {
      expect(await refused(spil, loket, 'referCase', { caseId, ...refer })).toMatchObject({
        code: 'REFERRAL_TO_CONSULTED_LAWYER_FORBIDDEN',
        rule: 'rule 4',
      });
    });

    it('may not take it by way of the firm either', async () => {
      const toFirm = await take(loket, 'referCase', { caseId, ...toLawyer });
      const referralId = idOf(toFirm, 'referral');
      expect(await refused(spil, lawyer, 'acceptReferral', { caseId, referralId })).toMatchObject({
        code: 'REFERRAL_TO_CONSULTED_LAWYER_FORBIDDEN',
      });
      await take(partner, 'declineReferral', { caseId, referralId, reason: 'NO_CAPACITY' });
    });

    it('may once policy says so, from its first day on and for the kind that it names (P 6)', async () => {
      const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
      const policy = { localDesk: true, attemptsBeforeEscalation: 3, hoursToAccept: 48 };
      const set = (from: string, consultedLawyerMayReceiveFrom: string[]) =>
        take(admin, 'setProgrammePolicy', {
          locationId: 'utrecht',
          from,
          policy: { ...policy, consultedLawyerMayReceiveFrom },
        });
      await set(day(-7), ['SOCIAAL_RAADSLIEDEN']);
      expect((await refused(spil, loket, 'referCase', { caseId, ...refer })).code).toBe(
        'REFERRAL_TO_CONSULTED_LAWYER_FORBIDDEN',
      );
      const changed = await set(day(-1), ['SOCIAAL_RAADSLIEDEN', 'JURIDISCH_LOKET']);
      const referral = await take(loket, 'referCase', { caseId, ...refer });
      expect(await caseAfter(spil, lawyer, referral, 'openReferrals')).toEqual({ openReferrals: 1 });
      const { then, now } = await answerTo<Record<string, object>>(
        spil,
        loket,
        `query ($atLeast: AtLeastInput, $day: Day) {
          then: programmePolicy(locationId: "utrecht", on: $day) { consultedLawyerMayReceiveFrom }
          now: programmePolicy(locationId: "utrecht", atLeast: $atLeast) { consultedLawyerMayReceiveFrom hoursToAccept }
        }`,
        { atLeast: { position: changed.position }, day: day(-8) },
      );
      expect(then).toEqual({ consultedLawyerMayReceiveFrom: [] });
      expect(now).toMatchObject({ hoursToAccept: 48 });
    });
  });
});
