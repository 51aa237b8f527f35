import { randomUUID } from 'node:crypto';
import type { CaseworkPrincipal, Principal } from '@spil/access';
import { cast } from '../support/cast.js';
import { accepted, firstLineCase, send } from '../support/casework.js';
import { canary, underAttack } from './under-attack.js';

const {
  raadslied,
  colleague,
  loket,
  strangeLawyer,
  board,
  auditor,
  admin,
  firmPrivacyOfficer,
  privacyOfficer,
} = cast;

/** What people with a good token try on what is not theirs. */
describe('under attack', () => {
  const attack = underAttack();
  const { register, byHttp, bySocket, told } = attack;

  describe('somebody who', () => {
    const everything = `query ($id: Uuid!) {
      case(id: $id) { client { name { value } } timeline { type } registrations { facts { clientQuestion { value } } } }
      caseHistory(caseId: $id) { eventCount events { type } }
    }`;
    const nobodys = { data: { case: null, caseHistory: null }, code: 'ANSWERED' };

    it.each<[string, Principal]>([
      ['works elsewhere asks for a case', strangeLawyer],
      ['works at another desk asks for a case', loket],
      ['is on the board asks for a case', board],
      ['administers asks for a case', admin],
      ['guards the personal data of others asks for a case', firmPrivacyOfficer],
    ])('%s: it does not exist, nor does a random one', async (name, who) => {
      for (const id of [attack.theirs.id, randomUUID()]) {
        const outcome = await byHttp(who, { query: everything, variables: { id } });
        expect({ code: told(`HTTP   ${name}`, outcome), data: outcome.data }).toEqual(nobodys);
        const followed = {
          query: 'subscription ($id: Uuid!) { caseTimeline(caseId: $id) { type } }',
          variables: { id },
        };
        expect(told(`socket ${name}`, await bySocket(who, followed))).toBe('COMPLETE');
      }
    });

    it('works elsewhere filters the list by the ids of others', async () => {
      for (const filter of [
        { organisationId: 'raadslieden' },
        { locationId: 'utrecht' },
        { coordinatorId: 'raadslied-1' },
      ]) {
        const query = 'query ($filter: CaseFilterInput) { cases(filter: $filter) { edges { node { id } } } }';
        const outcome = await byHttp(strangeLawyer, { query, variables: { filter } });
        expect(outcome.data).toEqual({ cases: { edges: [] } });
        told('HTTP   foreign ids in a filter', outcome);
      }
    });

    it.each<[string, Principal, string]>([
      ['is on the board lists cases', board, '{ cases { edges { node { id } } } }'],
      ['is on the board lists people', board, '{ professionals { name { value } } }'],
      ['audits lists cases', auditor, '{ cases { edges { node { id } } } }'],
      ['administers asks for figures', admin, '{ figures { latAnswers { yes } } }'],
    ])('%s', async (name, who, query) => {
      expect(told(`HTTP   ${name}`, await byHttp(who, { query }))).toBe('FORBIDDEN');
    });

    it('audits finds no word of a client in a history', async () => {
      const outcome = await byHttp(auditor, {
        query: 'query ($id: Uuid!) { caseHistory(caseId: $id) { eventCount events { type facts sealed } } }',
        variables: { id: attack.theirs.id },
      });
      expect(told('HTTP   an auditor reads a history', outcome)).toBe('ANSWERED');
      expect(outcome.data).toMatchObject({ caseHistory: { eventCount: 1 } });
    });

    const steps = (caseId: string): [string, Readonly<Record<string, unknown>>][] => [
      ['closeCase', { caseId, outcome: 'SOLVED', solution: 'ADVICE' }],
      ['requestPiket', { caseId, askedKind: 'ADVOCATUUR', questionKind: 'LEGAL_CHECK' }],
      ['prepareHandover', { caseId, dossier: { summary: 'x' } }],
      ['acceptHandover', { caseId, handoverId: randomUUID() }],
      ['acceptReferral', { caseId, referralId: randomUUID() }],
    ];
    it('takes steps on the cases of others: refused as on a case that does not exist', async () => {
      const unknown = steps(randomUUID());
      for (const [index, [mutation, input]] of steps(attack.theirs.id).entries()) {
        const [, same = {}] = unknown[index] ?? [];
        const [on, off] = [
          await send(attack.spil, strangeLawyer, mutation, input),
          await send(attack.spil, strangeLawyer, mutation, same),
        ];
        expect([mutation, on.data, on.errors?.[0]?.message]).toEqual([
          mutation,
          off.data,
          off.errors?.[0]?.message,
        ]);
        expect(on.data?.step.__typename).not.toBe('StepAccepted');
      }
    });

    it('names things of one case in a step on another: refused as things that do not exist', async () => {
      const asked = await accepted(attack.spil, raadslied, 'requestPiket', {
        caseId: attack.theirs.id,
        askedKind: 'ADVOCATUUR',
        questionKind: 'LEGAL_CHECK',
      });
      const [foreign] = asked.created;
      const withdraw = (piketRequestId: string | undefined) =>
        send(attack.spil, raadslied, 'withdrawPiketRequest', { caseId: attack.other.id, piketRequestId });
      const [on, off] = [await withdraw(foreign?.id), await withdraw(randomUUID())];
      expect(on.data?.step).toEqual(off.data?.step);
      expect(on.data?.step.__typename).toBe('StepRefused');
    });

    it('repeats the command of another: it is a command of their own, and answers nothing of the first', async () => {
      const commandId = randomUUID();
      const first = await register(raadslied, { commandId });
      const again = await register(raadslied, { commandId });
      expect(again.id).toBe(first.id);
      const second = await register(colleague, { commandId });
      expect(second.id).not.toBe(first.id);
      const closing = { caseId: first.id, outcome: 'SOLVED', solution: 'ADVICE', commandId };
      const onForeign = await send(attack.spil, strangeLawyer, 'closeCase', closing);
      const onUnknown = await send(attack.spil, strangeLawyer, 'closeCase', {
        ...closing,
        caseId: randomUUID(),
      });
      expect(onForeign.data).toEqual(onUnknown.data);
    });

    /** A token that names somebody at an organisation where they do not work. */
    const elsewhere = <Someone extends Principal>(who: Someone, at: CaseworkPrincipal): Someone => {
      const { organisationId, organisationKind, locationId } = at;
      return { ...who, organisationId, organisationKind, locationId };
    };
    it.each<[string, Principal, Principal, () => object]>([
      ['registerCase', raadslied, elsewhere(raadslied, loket), () => firstLineCase],
      [
        'requestPiket',
        raadslied,
        elsewhere(raadslied, loket),
        () => ({ caseId: attack.other.id, askedKind: 'ADVOCATUUR', questionKind: 'LEGAL_CHECK' }),
      ],
      [
        'requestErasure',
        privacyOfficer,
        elsewhere(privacyOfficer, strangeLawyer),
        () => ({ caseId: attack.other.id, identityCheck: 'SEEN_IN_PERSON' }),
      ],
      [
        'setRetentionTerm',
        privacyOfficer,
        elsewhere(privacyOfficer, strangeLawyer),
        () => ({ years: 7, duty: false }),
      ],
      [
        'renameOrganisation',
        admin,
        { ...raadslied, subject: admin.subject },
        () => ({ organisationId: 'loket', name: 'Loket van een ander (fictief)' }),
      ],
    ])(
      'repeats the command %s of another under the same name: refused as a command of nobody',
      async (mutation, who, pretender, input) => {
        const repeated = { commandId: randomUUID(), ...input() };
        await accepted(attack.spil, who, mutation, repeated);
        const [again, anew] = [
          await send(attack.spil, pretender, mutation, repeated),
          await send(attack.spil, pretender, mutation, { ...repeated, commandId: randomUUID() }),
        ];
        expect(again.data).toMatchObject({ step: { __typename: 'StepRefused', code: 'NOT_ALLOWED' } });
        expect(again.data).toEqual(anew.data);
      },
    );

    it('bears a token of a place where they do not work, and learns no more of its cases than of a random id', async () => {
      const pretender = elsewhere(raadslied, loket);
      const { id } = await register(loket);
      for (const [mutation, input] of [
        ['linkRegistration', { registrationCode: attack.other.registrationCode }],
        ['closeCase', { outcome: 'SOLVED', solution: 'ADVICE' }],
      ] as const) {
        const [on, off] = [
          await send(attack.spil, pretender, mutation, { caseId: id, ...input }),
          await send(attack.spil, pretender, mutation, { caseId: randomUUID(), ...input }),
        ];
        expect(on.data).toMatchObject({ step: { __typename: 'StepRefused', code: 'NOT_ALLOWED' } });
        expect(on.data).toEqual(off.data);
      }
    });

    it('sees a case that they filed themselves, so that the refusals above mean something', async () => {
      const query = 'query ($id: Uuid!) { case(id: $id) { client { name { value } } } }';
      const { data } = await attack.spil.query(raadslied, query, { id: attack.theirs.id });
      expect(data).toEqual({ case: { client: { name: { value: canary } } } });
    });
  });
});
