import { randomUUID } from 'node:crypto';
import type { Principal, Purpose } from '@spil/access';
import { cast, settle } from '../support/cast.js';
import { accepted, firstLineCase, idOf, stepDocument, type Accepted } from '../support/casework.js';
import { startSpil, type RunningSpil } from '../support/spil.js';
import { acting, nowhere, openToAny, reading, sees, type Asked, type Level } from './levels.js';
import { openSocket, post, sendHttp, subscribeOnce } from './transports.js';

const { raadslied, colleague, loket, lawyer, partner, strangeLawyer, privacyOfficer } = cast;
const importer = { ...raadslied, mayImport: true };
const canary = 'Kanarie van de Buitenstaander';
const against = (who: { professionalId: string }) => ({ professionalId: who.professionalId });
const organisationOf = (who: { organisationId: string }) => ({ organisationId: who.organisationId });

/** Somebody without a way into a case, and for which purpose they ask. */
interface Outsider {
  readonly who: Principal;
  readonly purpose?: Purpose;
  /** Makes a case from which they are shut out; the last step on it, and something that was made in it. */
  readonly shutOut: () => Promise<{ readonly last: Accepted; readonly thing: string }>;
}

/** Whoever stood to a case once, or is walled off from it: at every level it answers them as a random id does. */
describe('shut out of a case,', () => {
  let spil: RunningSpil;
  beforeAll(async () => {
    spil = await startSpil();
    await settle(spil);
  }, 120_000);
  afterAll(async () => {
    await spil.stop();
    await spil.clean();
  });

  const open = (who: Principal = raadslied) =>
    accepted(spil, who, 'registerCase', { ...firstLineCase, client: { name: canary } });
  /** Takes the next step on a case; carries its code along, which only the first step answers. */
  const then = async (before: Accepted, who: Principal, mutation: string, input: object = {}) => ({
    ...(await accepted(spil, who, mutation, { caseId: before.id, ...input })),
    registrationCode: before.registrationCode,
  });
  const joined = async (opened: Accepted) => {
    const joining = { registrationCode: opened.registrationCode };
    const step = await accepted(spil, lawyer, 'registerCounterpart', joining);
    return { ...step, registrationCode: opened.registrationCode };
  };
  const offered = async (by: Principal, to: { professionalId: string }) => {
    const dossier = { caseSketch: canary, documents: [], senderContact: '030 000 00 00' };
    const prepared = await then(await open(by), by, 'prepareHandover', { dossier });
    const thing = idOf(prepared, 'handover');
    const consent = await then(prepared, by, 'giveHandoverConsent', { handoverId: thing, form: 'ORAL' });
    const offer = { handoverId: thing, toProfessionalId: to.professionalId };
    return { last: await then(consent, by, 'offerHandover', offer), thing };
  };
  const referred = async (by: Principal, to: { organisationId: string }, input: object = {}) => {
    const cold = { toOrganisationId: to.organisationId, warmth: 'COLD', coldReason: 'Fictief' };
    const last = await then(await open(by), by, 'referCase', { ...cold, ...input });
    return { last, thing: idOf(last, 'referral') };
  };
  const walled = async (before: Accepted, against: object, by: Principal = raadslied) => {
    const last = await then(before, by, 'raiseConflictWall', against);
    return { last, thing: idOf(last, 'wall') };
  };
  /** Makes sure that somebody sees a case before they are shut out, so that what follows means something. */
  const seen = async (last: Accepted, who: Principal, purpose?: Purpose): Promise<Accepted> => {
    const body = { query: sees, variables: { caseId: last.id, atLeast: { position: last.position } } };
    const { data } = await post(spil.graphqlUrl, await spil.tokenOf(who), body, purpose);
    expect(data).toMatchObject({ case: { client: {} } });
    return last;
  };

  const former: [string, Outsider][] = [
    [
      'the sender of a completed handover',
      {
        who: colleague,
        shutOut: async () => {
          const { last, thing } = await offered(colleague, lawyer);
          const handover = { handoverId: thing };
          const taken = await then(await seen(last, colleague), lawyer, 'acceptHandover', handover);
          return { last: await then(taken, lawyer, 'completeHandover', handover), thing };
        },
      },
    ],
    [
      'a colleague of that sender',
      {
        who: raadslied,
        shutOut: async () => {
          const { last, thing } = await offered(colleague, lawyer);
          const handover = { handoverId: thing };
          const taken = await then(await seen(last, raadslied), lawyer, 'acceptHandover', handover);
          return { last: await then(taken, lawyer, 'completeHandover', handover), thing };
        },
      },
    ],
    [
      'who declined a handover',
      {
        who: lawyer,
        shutOut: async () => {
          const { last, thing } = await offered(raadslied, lawyer);
          const no = { handoverId: thing, reason: 'NO_CAPACITY' };
          return { last: await then(await seen(last, lawyer), lawyer, 'declineHandover', no), thing };
        },
      },
    ],
    [
      'who declined a referral',
      {
        who: loket,
        shutOut: async () => {
          const { last, thing } = await referred(raadslied, loket);
          const no = { referralId: thing, reason: 'NO_CAPACITY' };
          return { last: await then(await seen(last, loket), loket, 'declineReferral', no), thing };
        },
      },
    ],
    [
      'who let a referral lapse',
      {
        who: loket,
        shutOut: async () => {
          const { last, thing } = await referred(importer, loket, { asImport: true });
          const lapse = { referralId: thing, asImport: true };
          return { last: await then(await seen(last, loket), importer, 'lapseReferral', lapse), thing };
        },
      },
    ],
    [
      'who was offered it until the client withdrew consent',
      {
        who: lawyer,
        shutOut: async () => {
          const { last, thing } = await offered(raadslied, lawyer);
          const handover = { handoverId: thing };
          await seen(last, lawyer);
          return { last: await then(last, raadslied, 'withdrawHandoverConsent', handover), thing };
        },
      },
    ],
    [
      'who coordinated it until a colleague elsewhere took over',
      {
        who: loket,
        shutOut: async () => {
          const { id, registrationCode } = await open();
          const to = against(loket);
          const assigned = await accepted(spil, raadslied, 'assignCoordinator', { caseId: id, ...to });
          await seen(assigned, loket);
          const over = { toProfessionalId: raadslied.professionalId, reason: 'LEFT' };
          const last = await then({ ...assigned, registrationCode }, loket, 'transferCoordinator', over);
          return { last, thing: randomUUID() };
        },
      },
    ],
  ];

  const behindAWall: [string, Outsider][] = [
    [
      'a lawyer without a role',
      { who: strangeLawyer, shutOut: async () => walled(await open(), against(strangeLawyer)) },
    ],
    [
      'a lawyer without a role, by organisation',
      { who: strangeLawyer, shutOut: async () => walled(await open(), organisationOf(strangeLawyer)) },
    ],
    [
      'a lawyer who takes part',
      {
        who: lawyer,
        shutOut: async () => walled(await seen(await joined(await open()), lawyer), against(lawyer)),
      },
    ],
    [
      'a lawyer whose organisation takes part, by organisation',
      {
        who: partner,
        shutOut: async () => walled(await seen(await joined(await open()), partner), organisationOf(partner)),
      },
    ],
    [
      'a lawyer who is offered it',
      {
        who: lawyer,
        shutOut: async () => {
          const { last } = await offered(raadslied, lawyer);
          return walled(await seen(last, lawyer), against(lawyer));
        },
      },
    ],
    [
      'a lawyer whose organisation it is referred to, by organisation',
      {
        who: partner,
        shutOut: async () => {
          const { last } = await referred(raadslied, partner);
          return walled(await seen(last, partner), organisationOf(partner));
        },
      },
    ],
    [
      'a lawyer who owns it',
      {
        who: lawyer,
        shutOut: async () => {
          const own = { ...firstLineCase, registrationKind: 'SECOND_LINE_OWN_SIGNALERING' };
          const opened = await accepted(spil, lawyer, 'registerCase', own);
          return walled(await seen(opened, lawyer), against(lawyer), partner);
        },
      },
    ],
    [
      'a colleague who registered it',
      {
        who: colleague,
        shutOut: async () => walled(await seen(await open(colleague), colleague), against(colleague)),
      },
    ],
    [
      'the local coordinator of the owning organisation',
      { who: raadslied, shutOut: async () => walled(await open(), against(raadslied), colleague) },
    ],
    [
      'the coordinator of the case, by organisation',
      {
        who: loket,
        shutOut: async () => {
          const { id, registrationCode } = await open();
          const to = { caseId: id, professionalId: loket.professionalId };
          const assigned = await accepted(spil, raadslied, 'assignCoordinator', to);
          return walled({ ...(await seen(assigned, loket)), registrationCode }, organisationOf(loket));
        },
      },
    ],
    [
      'who has emergency access',
      {
        who: strangeLawyer,
        purpose: 'EMERGENCY',
        shutOut: async () => {
          const opened = await open();
          const input = { commandId: randomUUID(), caseId: opened.id, reason: 'Fictief' };
          const body = { query: stepDocument('takeEmergencyAccess'), variables: { input } };
          await post(spil.graphqlUrl, await spil.tokenOf(strangeLawyer), body, 'EMERGENCY');
          return walled(await seen(opened, strangeLawyer, 'EMERGENCY'), against(strangeLawyer));
        },
      },
    ],
    [
      'a privacy officer of the owning organisation',
      {
        who: privacyOfficer,
        shutOut: async () => walled(await seen(await open(), privacyOfficer), against(privacyOfficer)),
      },
    ],
    [
      'that privacy officer, who answers the client',
      {
        who: privacyOfficer,
        purpose: 'SUBJECT_ACCESS',
        shutOut: async () =>
          walled(await seen(await open(), privacyOfficer, 'SUBJECT_ACCESS'), against(privacyOfficer)),
      },
    ],
  ];

  const onCase = async ({ shutOut }: Outsider): Promise<Asked & { position: string }> => {
    const { last, thing } = await shutOut();
    return { caseId: last.id, code: last.registrationCode ?? '', thing, position: last.position };
  };

  /** Asks at every level; what is answered, without what differs from one request to the next. */
  const answersTo = async ({ who, purpose: own }: Outsider, asked: Asked, levels: readonly Level[]) => {
    const token = await spil.tokenOf(who);
    const answers = [];
    for (const [name, question, { purpose = own }] of levels) {
      // A privacy officer may not even declare an emergency.
      const isNone = purpose === 'OF_ROLE' || (who.role === 'PRIVACY_OFFICER' && purpose === 'EMERGENCY');
      const stated = isNone ? undefined : purpose;
      const { code, data, text } = await post(spil.graphqlUrl, token, question(asked), stated);
      expect(text).not.toContain(canary);
      expect(text).not.toContain(asked.caseId);
      answers.push({ name, code, data, text: text.replaceAll(/"traceId":"\w+"/g, '') });
    }
    return answers;
  };
  const isShut = async (outsider: Outsider, asked: Asked, levels: readonly Level[]) => {
    const answers = await answersTo(outsider, asked, levels);
    expect(answers).toEqual(await answersTo(outsider, nowhere(), levels));
    const expected = levels.map(([name, , { expected: data }]) => ({ name, data }));
    expect(answers).toMatchObject(expected);
  };
  const listsNothing = async (
    { who, purpose }: Outsider,
    { caseId, position }: Asked & { position: string },
  ) => {
    const query = `query ($atLeast: AtLeastInput) { cases(first: 100, atLeast: $atLeast) { edges { node { id } } } }`;
    const body = { query, variables: { atLeast: { position } } };
    const { data, text } = await post(spil.graphqlUrl, await spil.tokenOf(who), body, purpose);
    expect(data).toMatchObject({ cases: { edges: expect.any(Array) as unknown } });
    expect(text).not.toContain(caseId);
  };
  const followsNothing = async ({ who, purpose }: Outsider, { caseId }: Asked) => {
    const query = 'subscription ($id: Uuid!) { caseTimeline(caseId: $id) { type } }';
    for (const id of [caseId, randomUUID()]) {
      const payload = { query, variables: { id } };
      const { code } = await subscribeOnce(spil.graphqlUrl, await spil.tokenOf(who), payload, purpose);
      expect(code).toBe('COMPLETE');
    }
  };
  const findsByCode = async ({ who }: Outsider, { code }: Asked) => {
    const query = 'query ($code: String!) { caseByRegistrationCode(code: $code) { status caseId } }';
    return (await post(spil.graphqlUrl, await spil.tokenOf(who), { query, variables: { code } })).data;
  };

  it.each(former)('%s gets nowhere', async (_who, outsider) => {
    const asked = await onCase(outsider);
    await isShut(outsider, asked, [...reading, ...acting]);
    await listsNothing(outsider, asked);
    await followsNothing(outsider, asked);
    // Whoever hears the code read out may link by it, as any stranger; it shows nothing.
    expect(await findsByCode(outsider, asked)).toEqual({
      caseByRegistrationCode: { status: 'LINKABLE', caseId: null },
    });
  });

  it.each(behindAWall)('behind a wall: %s gets nowhere', async (_who, outsider) => {
    const asked = await onCase(outsider);
    await isShut(outsider, asked, [...reading, ...acting, ...openToAny]);
    await listsNothing(outsider, asked);
    await followsNothing(outsider, asked);
    expect(await findsByCode(outsider, asked)).toEqual(await findsByCode(outsider, nowhere()));
    const certificate = new URL(`/erasures/${asked.caseId}/certificate.json`, spil.graphqlUrl);
    const authorization = `Bearer ${await spil.tokenOf(outsider.who)}`;
    expect((await sendHttp(certificate.href, { headers: { authorization } })).status).toBe(404);
  });

  it.each<[string, Principal, () => Promise<Accepted>, (last: Accepted) => Promise<unknown>]>([
    [
      'a wall against them',
      lawyer,
      async () => joined(await open()),
      (last) => walled(last, against(lawyer)),
    ],
    [
      'a wall against their organisation',
      partner,
      async () => joined(await open()),
      (last) => walled(last, organisationOf(partner)),
    ],
    ['a wall against an owner', colleague, () => open(colleague), (last) => walled(last, against(colleague))],
  ])('who follows it is told nothing more after %s', async (_what, who, opened, shutOut) => {
    const last = await opened();
    const socket = await openSocket(spil.graphqlUrl, await spil.tokenOf(who));
    const query = 'subscription ($id: Uuid!) { caseTimeline(caseId: $id) { type } }';
    const heard = [await socket.subscribe({ query, variables: { id: last.id } })];
    while (heard.length <= Number(last.revision)) heard.push(await socket.next());
    expect(heard.map(({ code }) => code)).toEqual(heard.map(() => 'ANSWERED'));
    await shutOut(last);
    await then(last, raadslied, 'closeCase', { outcome: 'SOLVED', solution: 'ADVICE' });
    expect((await socket.next()).code).toBe('COMPLETE');
    socket.close();
  });
});
