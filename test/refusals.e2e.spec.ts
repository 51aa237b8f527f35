import { randomUUID } from 'node:crypto';
import { SignJWT, UnsecuredJWT, generateKeyPair } from 'jose';
import type { Principal } from '@spil/access';
import { cast, settle } from './support/cast.js';
import { accepted, firstLineCase, idOf, send, stepDocument, type Accepted } from './support/casework.js';
import { openLog, type LogReader } from './support/log-head.js';
import { startSpil, type RunningSpil } from './support/spil.js';

const { raadslied, colleague, raadsliedInZwolle, loket, lawyer, strangeLawyer, board, auditor, admin } = cast;
type Input = Readonly<Record<string, unknown>>;

/** What nobody should send, and what people send by mistake: a clear answer, and nothing in the log. */
describe('bad input', () => {
  let spil: RunningSpil;
  let log: LogReader;
  let opened: Accepted;
  let piketRequestId: string;
  let conversationId: string;
  let registrationId: string;

  beforeAll(async () => {
    spil = await startSpil();
    await settle(spil);
    log = await openLog(spil);
    opened = await accepted(spil, raadslied, 'registerCase', firstLineCase);
    registrationId = idOf(opened, 'registration');
    const caseId = opened.id;
    const question = { caseId, askedKind: 'ADVOCATUUR', questionKind: 'REFERRAL' };
    piketRequestId = idOf(await accepted(spil, raadslied, 'requestPiket', question), 'piketRequest');
    const contact = { caseId, piketRequestId, reachedKind: 'ADVOCATUUR' };
    conversationId = idOf(await accepted(spil, raadslied, 'recordContact', contact), 'conversation');
  }, 120_000);
  afterAll(async () => {
    await log.close();
    await spil.stop();
    await spil.clean();
  });

  /** What a step is answered with, once it is sure that the log is as long as before. */
  const unrecorded = async (who: Principal, mutation: string, input: Input) => {
    const before = await log.length();
    const { data, errors } = await send(spil, who, mutation, input);
    expect(await log.length()).toBe(before);
    const step = data?.step;
    if (step?.__typename === 'StepAccepted') throw new Error(`${mutation} was accepted`);
    return { refusal: step, error: errors?.[0] };
  };
  const wrongField = async (who: Principal, mutation: string, input: Input) => {
    const { error } = await unrecorded(who, mutation, input);
    expect(error?.extensions.code).toBe('BAD_USER_INPUT');
    return (error?.extensions.fields as { field: string; message: string }[] | undefined)?.[0];
  };
  const refusal = async (who: Principal, mutation: string, input: Input) => {
    const answer = await unrecorded(who, mutation, input);
    expect(answer.error).toBeUndefined();
    expect(answer.refusal?.message.nl).not.toBe('');
    return answer.refusal;
  };
  const account = (): Input => ({
    caseId: opened.id,
    conversationId,
    registrationId,
    side: 'ASKING',
    account: { result: 'ADVICE_GIVEN' },
  });
  const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

  it('answers a foreign case as one that does not exist, whatever the step', async () => {
    const steps: [string, Input][] = [
      ['assessSelfReliance', { outcome: 'PARTLY', wronglyAssumed: false }],
      ['recordContactAttempt', { piketRequestId, result: 'BUSY' }],
      ['closeCase', { outcome: 'SOLVED', solution: 'ADVICE' }],
      ['linkRegistration', { registrationCode: opened.registrationCode }],
      ['acceptHandover', { handoverId: randomUUID() }],
    ];
    for (const [mutation, input] of steps) {
      const foreign = await refusal(lawyer, mutation, { ...input, caseId: opened.id });
      const unknown = await refusal(lawyer, mutation, { ...input, caseId: randomUUID() });
      expect(foreign).toMatchObject({ code: 'CASE_NOT_FOUND', field: 'caseId' });
      expect(foreign).toEqual(unknown);
    }
  });

  it('answers a stale view of a foreign case as one of a case that does not exist', async () => {
    const input = { outcome: 'PARTLY', wronglyAssumed: false, expectedRevision: '0' };
    const foreign = await refusal(lawyer, 'assessSelfReliance', { ...input, caseId: opened.id });
    const unknown = await refusal(lawyer, 'assessSelfReliance', { ...input, caseId: randomUUID() });
    expect(foreign).toEqual(unknown);
  });

  it('tells a mistyped registration code from an unknown one', async () => {
    const code = opened.registrationCode ?? '';
    const mistyped = `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`;
    expect(await refusal(lawyer, 'registerCounterpart', { registrationCode: mistyped })).toMatchObject({
      code: 'REGISTRATION_CODE_MALFORMED',
      rule: 'rule 1',
      field: 'registrationCode',
    });
    expect(await wrongField(lawyer, 'registerCounterpart', { registrationCode: '' })).toMatchObject({
      field: 'registrationCode',
    });
  });

  it('refuses steps out of order, naming the rule', async () => {
    const caseId = opened.id;
    const early = await refusal(raadslied, 'recordConversation', {
      ...account(),
      conversationId: randomUUID(),
    });
    expect(early).toMatchObject({ code: 'CONVERSATION_NOT_FOUND', rule: 'rule 3', field: 'conversationId' });
    const again = { caseId, piketRequestId, reachedKind: 'ADVOCATUUR' };
    expect((await refusal(raadslied, 'recordContact', again))?.code).toBe('CONTACT_ALREADY_SUCCEEDED');
    const nowhere = { caseId, handoverId: randomUUID() };
    expect((await refusal(raadslied, 'acceptHandover', nowhere))?.code).toBe('HANDOVER_NOT_FOUND');
    expect((await refusal(raadslied, 'reopenCase', { caseId, reason: 'NEW_FACTS' }))?.code).toBe(
      'CASE_NOT_CLOSED',
    );
  });

  it.each([0, 11, -1, 7.5])('refuses the rating %p: 1 to 10 or left out (rule 2)', async (rating) => {
    const input = { ...account(), account: { result: 'ADVICE_GIVEN', rating } };
    const wrong = await wrongField(raadslied, 'recordConversation', input);
    expect(wrong?.field).toMatch(/^account\.rating$/);
  });

  it.each([
    ['an unknown legal area', { primaryArea: 'STRAFRECHT' }, /^primaryArea$/],
    ['a municipality that is no code', { clientMunicipality: 'Utrecht' }, /^clientMunicipality$/],
    ['a missing channel', { channel: undefined }, /^channel$/],
    ['a blank name', { client: { name: '  ' } }, /^client\.name$/],
    ['a missing name', { client: {} }, /^client\.name$/],
    ['an absurd length', { clientQuestion: 'a'.repeat(4001) }, /^clientQuestion$/],
    ['a blank question', { clientQuestion: ' \n ' }, /^clientQuestion$/],
    ['NUL', { clientQuestion: 'a\u0000b' }, /^clientQuestion$/],
    ['half a character', { clientQuestion: 'a\ud800b' }, /^clientQuestion$/],
    ['an unparseable date', { occurredAt: 'gisteren' }, /^occurredAt$/],
    ['an impossible date', { occurredAt: '2021-02-30T10:00:00Z' }, /^occurredAt$/],
    ['a command id that is none', { commandId: 'mine' }, /^commandId$/],
    ['a number for a text', { clientQuestion: 7 }, /^clientQuestion$/],
    ['a field that does not exist', { bsn: '000000000' }, /^bsn$/],
  ])('refuses %s and names the field', async (_what, change, field) => {
    const wrong = await wrongField(raadslied, 'registerCase', { ...firstLineCase, ...change });
    expect(wrong?.field).toMatch(field);
    expect(wrong?.message).not.toBe('');
  });

  it('refuses revisions and positions that no log reaches', async () => {
    const document = 'query ($id: Uuid!, $r: Revision) { case(id: $id) { timeline(after: $r) { type } } }';
    const variables = { id: opened.id, r: '9223372036854775808' };
    const { errors } = await spil.query(raadslied, document, variables);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field: 'r' }] });
  });

  it('refuses a body that is beyond every length', async () => {
    const input = { ...firstLineCase, clientQuestion: 'a'.repeat(300_000) };
    expect((await unrecorded(raadslied, 'registerCase', input)).error?.extensions.code).toBe(
      'LIMIT_EXCEEDED',
    );
  });

  it('refuses locations, organisations and people who are not there, naming the field', async () => {
    const details = { name: 'Fictieve Nieuwkomer' };
    const { organisationId } = raadslied;
    expect(
      await refusal(admin, 'registerProfessional', { details, organisationId, locationId: 'atlantis' }),
    ).toMatchObject({ code: 'LOCATION_NOT_FOUND', field: 'locationId' });
    expect(
      await refusal(admin, 'setProgrammePolicy', {
        locationId: 'atlantis',
        from: '2021-01-01',
        policy: { localDesk: true, attemptsBeforeEscalation: 3, consultedLawyerMayReceiveFrom: [] },
      }),
    ).toMatchObject({ code: 'LOCATION_NOT_FOUND', field: 'locationId' });
    const caseId = opened.id;
    expect(
      await refusal(raadslied, 'referCase', { caseId, toOrganisationId: 'nobody', warmth: 'COLD' }),
    ).toMatchObject({ code: 'ORGANISATION_NOT_FOUND', field: 'toOrganisationId' });
    const reached = { reachedKind: 'ADVOCATUUR', reachedProfessionalId: 'nobody' };
    const named = { askedKind: 'ADVOCATUUR', questionKind: 'REFERRAL', namedProfessionalId: 'nobody' };
    const form = { registration: firstLineCase, contact: { reachedKind: 'ADVOCATUUR' } };
    for (const [mutation, input, field] of [
      ['assignCoordinator', { caseId, professionalId: 'nobody' }, 'professionalId'],
      ['recordContact', { caseId, ...reached }, 'reachedProfessionalId'],
      ['requestPiket', { caseId, ...named }, 'namedProfessionalId'],
      ['registerCaseWithConversation', { ...form, contact: reached }, 'reachedProfessionalId'],
      ['registerCaseWithConversation', { ...form, request: named }, 'namedProfessionalId'],
    ] as const)
      expect(await refusal(raadslied, mutation, input)).toMatchObject({
        code: 'PROFESSIONAL_NOT_FOUND',
        field,
      });
  });

  it('names fields as the input does, also where a rule refuses', async () => {
    const caseId = opened.id;
    const { organisationId: toOrganisationId, professionalId: toProfessionalId } = raadslied;
    for (const [mutation, input, field] of [
      ['assignCoordinator', { professionalId: lawyer.professionalId }, 'professionalId'],
      ['referCase', { warmth: 'WARM', toOrganisationId, toProfessionalId }, 'toProfessionalId'],
      ['enterFactInError', { kind: 'CONTACT', id: randomUUID(), reason: 'WRONG_CASE' }, 'id'],
    ] as const)
      expect(await refusal(raadslied, mutation, { caseId, ...input })).toMatchObject({ field });
  });

  it.each([
    ['in the future', 5 * 60_000, 'OCCURRED_IN_FUTURE'],
    ['before the step that they answer', -3600_000, 'OCCURRED_BEFORE_STEP'],
    ['long ago, without the import mandate', -40 * 86_400_000, 'OCCURRED_TOO_LONG_AGO'],
  ])('refuses steps that happened %s', async (_when, offset, code) => {
    const occurredAt = fromNow(offset);
    expect(await refusal(raadslied, 'recordConversation', { ...account(), occurredAt })).toMatchObject({
      code,
      field: 'occurredAt',
    });
  });

  it.each([
    ['in the future', { occurredAt: fromNow(5 * 60_000) }, 'OCCURRED_IN_FUTURE'],
    ['long ago', { occurredAt: '2020-09-01T10:00:00Z' }, 'OCCURRED_TOO_LONG_AGO'],
    [
      'as the other line does',
      { registrationKind: 'SECOND_LINE_OWN_SIGNALERING' },
      'REGISTRATION_KIND_NOT_FOR_ORGANISATION',
    ],
    ['with a mandate that is not theirs', { asImport: true }, 'NOT_ALLOWED'],
  ])('reserves no registration code for a case that may not be opened: %s', async (_what, change, code) => {
    expect((await refusal(raadslied, 'registerCase', { ...firstLineCase, ...change }))?.code).toBe(code);
  });

  it('refuses a stale view of the case and says what changed meanwhile (rule 11)', async () => {
    const caseId = opened.id;
    const stale = await refusal(raadslied, 'assessSelfReliance', {
      caseId,
      outcome: 'PARTLY',
      wronglyAssumed: false,
      expectedRevision: '0',
    });
    expect(stale).toMatchObject({ code: 'STALE_REVISION', field: 'expectedRevision' });
    expect(stale?.facts).toEqual(
      expect.arrayContaining([
        { name: 'actualRevision', values: ['2'] },
        { name: 'changedSince', values: ['PiketRequested', 'ContactSucceeded'] },
      ]),
    );
  });

  it('tells whoever may not see the history that the case moved on, and nothing of what happened in it', async () => {
    const { id: caseId } = await accepted(spil, raadslied, 'registerCase', firstLineCase);
    const referral = { toOrganisationId: loket.organisationId, warmth: 'COLD', coldReason: 'Fictief' };
    const referred = await accepted(spil, raadslied, 'referCase', { caseId, ...referral });
    const against = { professionalId: strangeLawyer.professionalId };
    const walled = await accepted(spil, raadslied, 'raiseConflictWall', { caseId, ...against });
    for (const [who, mutation, input] of [
      [loket, 'declineReferral', { referralId: idOf(referred, 'referral'), reason: 'NO_CAPACITY' }],
      [{ ...raadsliedInZwolle, role: 'COORDINATOR' }, 'liftConflictWall', { wallId: idOf(walled, 'wall') }],
    ] as const) {
      const stale = await refusal(who, mutation, { caseId, ...input, expectedRevision: '0' });
      expect([mutation, stale?.code, stale?.facts]).toEqual([
        mutation,
        'STALE_REVISION',
        [{ name: 'expectedRevision', values: ['0'] }],
      ]);
    }
  });

  describe('a repeated command id', () => {
    const commandId = randomUUID();
    const input = { ...firstLineCase, commandId };
    let first: Accepted;
    beforeAll(async () => {
      first = await accepted(spil, colleague, 'registerCase', input);
    });

    it('with the same payload is answered as the first time', async () => {
      const before = await log.length();
      expect(await accepted(spil, colleague, 'registerCase', input)).toEqual(first);
      const step = { caseId: first.id, outcome: 'PARTLY', wronglyAssumed: false, commandId: randomUUID() };
      const taken = await accepted(spil, colleague, 'assessSelfReliance', step);
      expect(await accepted(spil, colleague, 'assessSelfReliance', step)).toEqual(taken);
      expect(await log.length()).toBe(before + 1);
    });

    it('with the same payload is answered as the first time also from a stale view', async () => {
      const step = { caseId: first.id, outcome: 'PARTLY', wronglyAssumed: false, expectedRevision: '1' };
      const command = { ...step, commandId: randomUUID() };
      const taken = await accepted(spil, colleague, 'assessSelfReliance', command);
      expect(await accepted(spil, colleague, 'assessSelfReliance', command)).toEqual(taken);
    });

    it('with another payload is refused', async () => {
      const changed = { ...input, clientQuestion: 'Iets anders' };
      expect(await refusal(colleague, 'registerCase', changed)).toMatchObject({
        code: 'COMMAND_ID_REUSED',
        field: 'commandId',
      });
    });

    it('by someone else is another command', async () => {
      const other = await accepted(spil, raadslied, 'registerCase', input);
      expect(other.id).not.toBe(first.id);
    });
  });

  it('refuses casework to those who have none', async () => {
    for (const who of [board, auditor, admin])
      expect((await refusal(who, 'registerCase', firstLineCase))?.code).toBe('NOT_ALLOWED');
    const location = { name: 'Elders', municipalities: ['GM0001'], arrondissement: 'NOORD' };
    expect((await refusal(strangeLawyer, 'registerLocation', location))?.code).toBe('NOT_ALLOWED');
  });

  describe('a token that', () => {
    const claims = { sub: 'x', role: 'ADMIN' };
    const signed = async (expires: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA' })
        .setIssuer(spil.issuer)
        .setAudience('spil')
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign((await generateKeyPair('EdDSA')).privateKey);
    const unsigned = () =>
      new UnsecuredJWT(claims)
        .setIssuer(spil.issuer)
        .setAudience('spil')
        .setIssuedAt()
        .setExpirationTime('1h')
        .encode();

    it.each([
      ['expired', () => spil.tokenOf(admin, -3600), 'EXPIRED'],
      ['was forged', () => signed('1h'), 'FORGED'],
      ['is not signed (alg none)', () => Promise.resolve(unsigned()), 'FORGED'],
      ['is no token', () => Promise.resolve('rommel'), 'FORGED'],
      ['is missing', () => Promise.resolve(undefined), 'MISSING'],
    ])('%s opens nothing', async (_what, token, fault) => {
      const before = await log.length();
      const bearer = await token();
      const response = await fetch(spil.graphqlUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        },
        body: JSON.stringify({
          query: stepDocument('registerOrganisation'),
          variables: { input: { commandId: randomUUID(), name: 'X', organisationKind: 'OTHER' } },
        }),
      });
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: 'UNAUTHENTICATED', fault } }],
      });
      expect(await log.length()).toBe(before);
    });
  });
});
