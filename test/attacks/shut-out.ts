import { randomUUID } from 'node:crypto';
import type { Principal, Purpose } from '@spil/access';
import { cast, settle } from '../support/cast.js';
import { accepted, firstLineCase, idOf, type Accepted } from '../support/casework.js';
import { startSpil, type RunningSpil } from '../support/spil.js';
import { nowhere, sees, type Asked, type Level } from './levels.js';
import { post, subscribeOnce } from './transports.js';

const { raadslied, lawyer } = cast;
const canary = 'Kanarie van de Buitenstaander';

export const against = (who: { professionalId: string }) => ({ professionalId: who.professionalId });
export const organisationOf = (who: { organisationId: string }) => ({ organisationId: who.organisationId });

/** Somebody without a way into a case, and for which purpose they ask. */
export interface Outsider {
  readonly who: Principal;
  readonly purpose?: Purpose;
  /** Makes a case from which they are shut out; the last step on it, and something that was made in it. */
  readonly shutOut: () => Promise<{ readonly last: Accepted; readonly thing: string }>;
}

/** Starts one system for the tests of a file; makes cases in it, and asks of them at every level. */
export function shutOutOfCases() {
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

  return {
    get spil() {
      return spil;
    },
    ...{ open, then, joined, offered, referred, walled, seen },
    ...{ onCase, isShut, listsNothing, followsNothing, findsByCode },
  };
}
