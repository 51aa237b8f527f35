import { randomUUID } from 'node:crypto';
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
import { followTimeline, type Followed } from './support/timeline.js';

const { raadslied, colleague, raadsliedInZwolle, loket, lawyer, partner, board, auditor } = cast;

/** One case, from the first question to the warm handover; each test is the next thing that people do. */
describe('the life of a case', () => {
  let spil: RunningSpil;
  let opened: Accepted;
  let last: Accepted;
  let watched: Followed;

  beforeAll(async () => {
    spil = await startSpil();
    await settle(spil);
  }, 120_000);
  afterAll(async () => {
    await watched.close();
    await spil.stop();
    await spil.clean();
  });

  const take = async (
    ...[who, mutation, input]: [Parameters<typeof accepted>[1], string, object]
  ): Promise<Accepted> => {
    last = await accepted(spil, who, mutation, { caseId: opened.id, ...input });
    return last;
  };
  const refuses = (...[who, mutation, input]: [Parameters<typeof accepted>[1], string, object]) =>
    refused(spil, who, mutation, { caseId: opened.id, ...input });
  const shown = (who: Parameters<typeof accepted>[1], fields: string) => caseAfter(spil, who, last, fields);

  it('is opened with one short form: case, contact and the own account at once (R 3.2)', async () => {
    opened = last = await accepted(spil, raadslied, 'registerCaseWithConversation', {
      registration: { ...firstLineCase, signaleringRelevance: 'NO' },
      request: { askedKind: 'ADVOCATUUR', questionKind: 'LEGAL_CHECK', withoutDesk: 'REQUEST_LAT' },
      failedAttempts: ['NO_ANSWER', 'BUSY'],
      contact: { reachedKind: 'ADVOCATUUR', reachedProfessionalId: lawyer.professionalId },
      account: { result: 'ADVICE_GIVEN', advice: 'Bezwaar maken', rating: 8, latWithoutDesk: 'YES' },
    });
    watched = await followTimeline(spil, colleague, opened.id);
    expect(
      await shown(
        colleague,
        `
      status waitingFor openPiketRequests contacts { attempts reachedKind }
      client { name { state value } email { state } }
      piketRequests { status withoutDesk } contactAttempts { result }
      conversationAccounts { side rating latWithoutDesk advice { value } }
    `,
      ),
    ).toEqual({
      status: 'OPEN',
      waitingFor: 'NEXT_STEP',
      openPiketRequests: 0,
      contacts: [{ attempts: 3, reachedKind: 'ADVOCATUUR' }],
      client: { name: { state: 'VALUE', value: firstLineCase.client.name }, email: { state: 'EMPTY' } },
      piketRequests: [{ status: 'ANSWERED', withoutDesk: 'REQUEST_LAT' }],
      contactAttempts: [{ result: 'NO_ANSWER' }, { result: 'BUSY' }],
      conversationAccounts: [
        { side: 'ASKING', rating: 8, latWithoutDesk: 'YES', advice: { value: 'Bezwaar maken' } },
      ],
    });
  });

  it('lets the lawyer who was called join by the registration code alone and give an account of his own (R 2.4)', async () => {
    expect(await shown(lawyer, 'id')).toBeNull();
    await take(lawyer, 'registerCounterpart', {
      caseId: undefined,
      registrationCode: opened.registrationCode?.toLowerCase().replaceAll('-', ' '),
      account: { result: 'OWN_ADVICE_CONFIRMED', rating: 9, motivation: 'Goed voorbereid' },
    });
    expect(await shown(lawyer, 'conversationAccounts { side rating result }')).toEqual({
      conversationAccounts: [
        { side: 'ASKING', rating: 8, result: 'ADVICE_GIVEN' },
        { side: 'CONSULTED', rating: 9, result: 'OWN_ADVICE_CONFIRMED' },
      ],
    });
  });

  it('counts as complete now that both sides told their story', async () => {
    const { figures } = await answerTo<{ figures: object }>(
      spil,
      board,
      `query ($atLeast: AtLeastInput) { figures(atLeast: $atLeast) {
        registrations(by: ORGANISATION_KIND) { key count } completeByPair { askingKind otherKind count }
        contactOutcome { withContact withoutContact } latAnswers { yes no notAnswered }
        ratings { side distribution { rating count } }
      } }`,
      { atLeast: { position: last.position } },
    );
    expect(figures).toEqual({
      registrations: [
        { key: 'ADVOCATUUR', count: 1 },
        { key: 'SOCIAAL_RAADSLIEDEN', count: 1 },
      ],
      completeByPair: [{ askingKind: 'SOCIAAL_RAADSLIEDEN', otherKind: 'ADVOCATUUR', count: 1 }],
      contactOutcome: { withContact: 2, withoutContact: 0 },
      latAnswers: { yes: 1, no: 0, notAnswered: 0 },
      ratings: expect.arrayContaining([
        { side: 'ASKING', distribution: [{ rating: 8, count: 1 }] },
        { side: 'CONSULTED', distribution: [{ rating: 9, count: 1 }] },
      ]) as unknown,
    });
  });

  it('stands out in the worklist once the client turns out not to manage alone and nobody coordinates (rule 6)', async () => {
    const other = await accepted(spil, colleague, 'registerCase', firstLineCase);
    await take(raadslied, 'assessSelfReliance', {
      outcome: 'NOT_SELF_RELIANT',
      wronglyAssumed: true,
      indicators: 'Leest geen brieven',
    });
    const page = async (after?: string) => {
      const document = `query ($atLeast: AtLeastInput, $after: String) { cases(atLeast: $atLeast, first: 1, after: $after) {
        edges { node { id needsCoordinator waitingFor } } pageInfo { hasNextPage endCursor } } }`;
      const variables = { atLeast: { position: last.position }, after };
      const { cases } = await answerTo<{
        cases: { edges: { node: object }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      }>(spil, raadslied, document, variables);
      return { shown: cases.edges.map(({ node }) => node), ...cases.pageInfo };
    };
    const first = await page();
    expect(first.shown).toEqual([
      { id: opened.id, needsCoordinator: true, waitingFor: 'COORDINATOR_MISSING' },
    ]);
    const second = await page(first.endCursor);
    expect(second).toMatchObject({ shown: [{ id: other.id, needsCoordinator: false }], hasNextPage: false });
  });

  it('gets a coordinator of the first line, whose role can pass to a colleague (P 12)', async () => {
    expect(
      await refuses(raadslied, 'assignCoordinator', { professionalId: lawyer.professionalId }),
    ).toMatchObject({ code: 'COORDINATOR_NOT_FIRST_LINE', rule: 'rule 6' });
    await take(raadslied, 'assignCoordinator', { professionalId: raadslied.professionalId });
    expect(
      await refuses(raadslied, 'assignCoordinator', { professionalId: colleague.professionalId }),
    ).toMatchObject({ code: 'COORDINATOR_ALREADY_ASSIGNED' });
    await take(raadslied, 'transferCoordinator', {
      toProfessionalId: colleague.professionalId,
      reason: 'AGREED',
    });
    expect(await shown(raadslied, 'needsCoordinator coordinator { professionalId }')).toEqual({
      needsCoordinator: false,
      coordinator: { professionalId: colleague.professionalId },
    });
  });

  it('is referred cold only with a reason while the client is not self-reliant (R 3.2)', async () => {
    const cold = { toOrganisationId: loket.organisationId, warmth: 'COLD' };
    expect(await refuses(colleague, 'referCase', cold)).toMatchObject({
      code: 'REFERRAL_COLD_NEEDS_REASON',
      rule: 'rule 6',
      field: 'coldReason',
    });
    const referral = await take(colleague, 'referCase', { ...cold, coldReason: 'De cliënt wil het zo' });
    expect(await shown(loket, 'waitingFor referrals { status warmth coldReason { value } }')).toEqual({
      waitingFor: 'REFERRAL_UNANSWERED',
      referrals: [{ status: 'OFFERED', warmth: 'COLD', coldReason: { value: 'De cliënt wil het zo' } }],
    });
    const referralId = idOf(referral, 'referral');
    expect(await refuses(lawyer, 'acceptReferral', { referralId })).toMatchObject({
      code: 'REFERRAL_NOT_RECEIVER',
    });
    const decline = { referralId, reason: 'NO_CAPACITY', commandId: randomUUID() };
    const declined = await take(loket, 'declineReferral', decline);
    expect(await shown(loket, 'id')).toBeNull();
    // A retry is answered as the first time, also when access ended with it.
    expect(await take(loket, 'declineReferral', decline)).toEqual(declined);
  });

  describe('and its warm handover', () => {
    let handoverId: string;
    let referralId: string;
    const handover = async (who: typeof colleague) =>
      await shown(who, 'waitingFor openHandovers handovers { status offer { to { professionalId } } }');

    it('begins with a referral to a named person, never to an organisation', async () => {
      const toOrganisation = { toOrganisationId: partner.organisationId, warmth: 'WARM' };
      expect(await refuses(colleague, 'referCase', toOrganisation)).toMatchObject({
        code: 'HANDOVER_NEEDS_PERSON',
        rule: 'rule 5',
      });
      const referral = await take(colleague, 'referCase', {
        ...toOrganisation,
        toProfessionalId: partner.professionalId,
        toevoegingKind: 'REGULAR',
      });
      handoverId = idOf(referral, 'handover');
      referralId = idOf(referral, 'referral');
    });

    it('moves only with a dossier and the consent of the client (P 5)', async () => {
      const offer = { handoverId, toProfessionalId: partner.professionalId };
      expect((await refuses(colleague, 'offerHandover', offer)).code).toBe('HANDOVER_NEEDS_DOSSIER');
      const dossier = { caseSketch: 'Huurachterstand', documents: ['Brief'], senderContact: '030 000 00 01' };
      await take(colleague, 'prepareHandover', { handoverId, dossier });
      expect((await refuses(colleague, 'offerHandover', offer)).code).toBe('HANDOVER_NEEDS_CONSENT');
      await take(colleague, 'giveHandoverConsent', { handoverId, form: 'ORAL' });
      expect((await refuses(colleague, 'offerHandover', { handoverId })).code).toBe('HANDOVER_NEEDS_PERSON');
      await take(colleague, 'offerHandover', offer);
      expect(await handover(partner)).toEqual({
        waitingFor: 'HANDOVER_OFFERED',
        openHandovers: 1,
        handovers: [{ status: 'OFFERED', offer: { to: { professionalId: partner.professionalId } } }],
      });
    });

    it('comes back to the list of the sender when it is declined', async () => {
      expect((await refuses(colleague, 'closeCase', { outcome: 'SOLVED', solution: 'ADVICE' })).code).toBe(
        'HANDOVER_OPEN',
      );
      await take(partner, 'declineHandover', { handoverId, reason: 'NO_CAPACITY', explanation: 'Te druk' });
      const { cases } = await answerTo<{ cases: { edges: { node: object }[] } }>(
        spil,
        colleague,
        `query ($atLeast: AtLeastInput, $me: ReferenceId) { cases(atLeast: $atLeast, filter: { coordinatorId: $me }) {
          edges { node { id openHandovers openReferrals waitingFor handovers { status } } } } }`,
        { atLeast: { position: last.position }, me: colleague.professionalId },
      );
      expect(cases.edges.map(({ node }) => node)).toEqual([
        {
          id: opened.id,
          openHandovers: 1,
          openReferrals: 0,
          waitingFor: 'HANDOVER_TO_OFFER',
          handovers: [{ status: 'DECLINED' }],
        },
      ]);
    });

    it('is offered again, accepted, and completed by nobody but the receiver (rule 5)', async () => {
      const offer = { handoverId, toProfessionalId: partner.professionalId };
      await take(colleague, 'offerHandover', offer);
      expect((await refuses(lawyer, 'acceptHandover', { handoverId })).code).toBe('HANDOVER_NOT_RECEIVER');
      await take(partner, 'acceptHandover', { handoverId });
      for (const other of [colleague, lawyer])
        expect((await refuses(other, 'completeHandover', { handoverId })).code).toBe('HANDOVER_NOT_RECEIVER');
      await take(partner, 'completeHandover', { handoverId });
      expect(await handover(partner)).toMatchObject({
        openHandovers: 0,
        handovers: [{ status: 'COMPLETED' }],
      });
    });

    it('leads to a toevoeging that is refused on the self-reliance criterion (P 11)', async () => {
      const toevoegingId = idOf(
        await take(partner, 'requestToevoeging', { kind: 'REGULAR', referralId }),
        'toevoeging',
      );
      await take(partner, 'refuseToevoeging', { toevoegingId, ground: 'ZELFREDZAAMHEIDSCRITERIUM' });
      expect(await shown(partner, 'toevoegingen { status refusalGround }')).toEqual({
        toevoegingen: [{ status: 'REFUSED', refusalGround: 'ZELFREDZAAMHEIDSCRITERIUM' }],
      });
    });
  });

  it('was seen live, step by step, by who followed its timeline', async () => {
    const { caseHistory } = await answerTo<{ caseHistory: { events: { type: string }[] } }>(
      spil,
      auditor,
      'query ($id: Uuid!) { caseHistory(caseId: $id) { events { type } } }',
      { id: opened.id },
    );
    const types = caseHistory.events.map(({ type }) => type);
    expect(await watched.received(types.length)).toEqual(types);
    expect(types).toContain('WarmHandoverCompleted');
  });

  it('shows nothing of itself to the same organisation elsewhere', async () => {
    expect(await shown(raadsliedInZwolle, 'id')).toBeNull();
  });
});
