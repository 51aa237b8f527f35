import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { AccessFreshness } from '../../apps/coordination-service/src/freshness/access-freshness.js';
import { Freshness } from '../../apps/coordination-service/src/freshness/freshness.js';
import {
  as,
  people,
  populate,
  startTestSystem,
  step,
  type StepAnswer,
  type TestSystem,
} from '../support/system.js';

const everyone = Object.keys(people) as (keyof typeof people)[];

interface Seen {
  readonly client: { readonly name: { readonly state: string; readonly value: string | null } };
  readonly timeline: readonly unknown[] | null;
}

describe('who sees a case', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
  });
  afterAll(() => system.stop());

  const take = async (
    who: keyof typeof people,
    mutation: string,
    input: Record<string, unknown>,
  ): Promise<StepAnswer> => {
    const answer = await step(system, as(who), mutation, input);
    expect([mutation, answer.code]).toEqual([mutation, undefined]);
    return answer;
  };
  const open = (area = 'HUURRECHT') =>
    take('loket', 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: area,
      client: { name: 'Fictieve Cliënt' },
    });
  const made = (answer: StepAnswer, kind: string) => answer.created.find((one) => one.kind === kind)?.id;

  /**
   * Who sees the case at this revision, by each of the ways in which it can be seen; they must agree. Whoever is only asked to take
   * it on sees neither the client nor the history.
   */
  const viewers = async (caseId: string, { revision }: StepAnswer): Promise<string[]> => {
    const query = `query ($id: Uuid!, $atLeast: AtLeastInput) {
      case(id: $id, atLeast: $atLeast) { id client { name { state value } } timeline { type } }
      caseHistory(caseId: $id) { caseId }
      cases(atLeast: $atLeast, first: 100) { edges { node { id client { name { state } } } } } }`;
    const seen: string[] = [];
    for (const who of everyone) {
      const { data, errors } = await system.ask(as(who), query, {
        id: caseId,
        atLeast: { caseId, revision },
      });
      expect(errors).toBeUndefined();
      const one = data?.case as Seen | null;
      const listed = (data?.cases as { edges: { node: Seen & { id: string } }[] }).edges.find(
        ({ node }) => node.id === caseId,
      );
      const state = one?.client.name.state;
      expect([who, listed?.node.client.name.state]).toEqual([who, state]);
      const whole = state === 'VALUE';
      expect([who, data?.caseHistory !== null, one?.timeline != null]).toEqual([who, whole, whole]);
      if (state === 'VALUE') expect(one?.client.name.value).toBe('Fictieve Cliënt');
      if (one !== null) seen.push(whole ? who : `${who}, ${String(state)}`);
    }
    return seen;
  };

  it('is the registering organisation at its location, and whoever is asked to take the case on, until they decline', async () => {
    const opened = await open();
    const caseId = opened.id;
    expect(await viewers(caseId, opened)).toEqual(['loket', 'colleague']);

    const referred = await take('loket', 'referCase', {
      caseId,
      toOrganisationId: people.lawyer.organisationId,
      warmth: 'COLD',
    });
    expect(await viewers(caseId, referred)).toEqual(['loket', 'colleague', 'lawyer, DENIED']);

    const referralId = made(referred, 'referral');
    const declined = await take('lawyer', 'declineReferral', { caseId, referralId, reason: 'NO_CAPACITY' });
    expect(await viewers(caseId, declined)).toEqual(['loket', 'colleague']);
  });

  it('is the other side once it registered by the code that was read out', async () => {
    const opened = await open();
    const joined = await take('lawyer', 'registerCounterpart', {
      registrationCode: opened.registrationCode,
      contact: { reachedKind: 'ADVOCATUUR', reachedProfessionalId: people.lawyer.professionalId },
    });
    expect(joined.id).toBe(opened.id);
    expect(await viewers(opened.id, joined)).toEqual(['loket', 'colleague', 'lawyer']);
  });

  it('is the organisation of the coordinator, wherever it works', async () => {
    const { id: caseId } = await open();
    const assigned = await take('loket', 'assignCoordinator', {
      caseId,
      professionalId: people.elsewhere.professionalId,
    });
    expect(await viewers(caseId, assigned)).toEqual(['loket', 'colleague', 'elsewhere']);
  });

  it('is the receiver of a handover from the offer on, when the client consented', async () => {
    const { id: caseId } = await open('ARBEIDSRECHT');
    const prepared = await take('loket', 'prepareHandover', {
      caseId,
      dossier: { caseSketch: 'Fictief', senderContact: '030 000 00 00' },
    });
    const handoverId = made(prepared, 'handover');
    const consented = await take('loket', 'giveHandoverConsent', { caseId, handoverId, form: 'ORAL' });
    expect(await viewers(caseId, consented)).toEqual(['loket', 'colleague']);

    const toProfessionalId = people.lawyer.professionalId;
    const offered = await take('loket', 'offerHandover', { caseId, handoverId, toProfessionalId });
    expect(await viewers(caseId, offered)).toEqual(['loket', 'colleague', 'lawyer, DENIED']);
    const dossier = `query ($id: Uuid!) { case(id: $id) { handovers { dossier { caseSketch { value } } } } }`;
    expect((await system.ask(as('lawyer'), dossier, { id: caseId })).data?.case).toEqual({
      handovers: [{ dossier: { caseSketch: { value: 'Fictief' } } }],
    });

    const declined = await take('lawyer', 'declineHandover', { caseId, handoverId, reason: 'NO_EXPERTISE' });
    expect(await viewers(caseId, declined)).toEqual(['loket', 'colleague']);
  });

  it('is no longer the sender of a handover once it is completed, unless a role in the case remains', async () => {
    const handedOver = async (before: (caseId: string) => Promise<unknown> = () => Promise.resolve()) => {
      const { id: caseId } = await open('ARBEIDSRECHT');
      await before(caseId);
      const prepared = await take('loket', 'prepareHandover', {
        caseId,
        dossier: { caseSketch: 'Fictief', senderContact: '030 000 00 00' },
      });
      const handoverId = made(prepared, 'handover');
      await take('loket', 'giveHandoverConsent', { caseId, handoverId, form: 'ORAL' });
      const toProfessionalId = people.lawyer.professionalId;
      await take('loket', 'offerHandover', { caseId, handoverId, toProfessionalId });
      await take('lawyer', 'acceptHandover', { caseId, handoverId });
      return viewers(caseId, await take('lawyer', 'completeHandover', { caseId, handoverId }));
    };
    expect(await handedOver()).toEqual(['lawyer']);
    const professionalId = people.loket.professionalId;
    expect(
      await handedOver((caseId) => take('loket', 'assignCoordinator', { caseId, professionalId })),
    ).toEqual(['loket', 'colleague', 'lawyer']);
  });

  it('is the colleague elsewhere to whom it was referred, and no one else at that location or any other', async () => {
    const { id: caseId } = await open();
    const referred = await take('loket', 'referCase', {
      caseId,
      toOrganisationId: people.elsewhere.organisationId,
      toProfessionalId: people.elsewhere.professionalId,
      warmth: 'COLD',
    });
    expect(await viewers(caseId, referred)).toEqual(['loket', 'colleague', 'elsewhere, DENIED']);
  });

  it('is nobody else, who gets the same refusal of a step as for a case that does not exist', async () => {
    const { id: caseId } = await open();
    for (const who of ['elsewhere', 'lawyer'] as const) {
      const foreign = await step(system, as(who), 'closeCase', {
        caseId,
        outcome: 'SOLVED',
        solution: 'ADVICE',
      });
      const unknown = await step(system, as(who), 'closeCase', {
        caseId: '00000000-0000-4000-8000-000000000000',
        outcome: 'SOLVED',
        solution: 'ADVICE',
      });
      expect(foreign).toEqual(unknown);
      expect(foreign).toMatchObject({ code: 'CASE_NOT_FOUND', field: 'caseId' });
    }
  });

  it('is decided when it is shown, not before the answer waited to be fresh', async () => {
    const { id: caseId, registrationCode } = await open();
    const { position } = await take('lawyer', 'registerCounterpart', { registrationCode });
    const organisationId = people.lawyer.organisationId;
    const waiting = jest.spyOn(Freshness.prototype, 'wait').mockImplementationOnce(async () => {
      await take('loket', 'raiseConflictWall', { caseId, organisationId });
    });
    const query = `query ($id: Uuid!, $at: Position!) {
      case(id: $id, atLeast: { position: $at }) { client { name { value } } } }`;
    const { data } = await system.ask(as('lawyer'), query, { id: caseId, at: position });
    expect(waiting).toHaveBeenCalled();
    waiting.mockRestore();
    expect(data).toEqual({ case: null });
  });

  it('is told in a list by an access table of which the lag was looked at after the answer waited', async () => {
    const looks = jest.spyOn(AccessFreshness.prototype, 'isFresh');
    const waiting = jest.spyOn(Freshness.prototype, 'wait').mockImplementationOnce(() => {
      expect(looks).not.toHaveBeenCalled();
      return Promise.resolve();
    });
    const { errors } = await system.ask(as('loket'), '{ cases { edges { cursor } } }');
    expect([errors, waiting.mock.calls.length, looks.mock.calls.length]).toEqual([undefined, 1, 1]);
    for (const spy of [looks, waiting]) spy.mockRestore();
  });

  it('is who may open a further case of its client; to others the client does not exist', async () => {
    const { id, revision } = await open();
    const { data } = await system.ask(
      as('loket'),
      'query ($id: Uuid!, $atLeast: AtLeastInput) { case(id: $id, atLeast: $atLeast) { clientId } }',
      { id, atLeast: { caseId: id, revision } },
    );
    const { clientId } = data?.case as { readonly clientId: string };
    const openFor = (who: keyof typeof people, knownClientId: string): Promise<StepAnswer> =>
      step(system, as(who), 'registerCase', {
        registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
        channel: 'PHONE',
        primaryArea: 'HUURRECHT',
        knownClientId,
      });
    for (const who of ['elsewhere', 'lawyer'] as const) {
      const foreign = await openFor(who, clientId);
      expect(foreign).toMatchObject({ code: 'CLIENT_NOT_FOUND', field: 'knownClientId' });
      expect(foreign).toEqual(await openFor(who, randomUUID()));
    }
    expect((await openFor('colleague', clientId)).code).toBeUndefined();
  });
});
