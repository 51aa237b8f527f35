import { randomUUID } from 'node:crypto';
import type { Principal } from '@spil/access';
import { cast } from '../support/cast.js';
import { accepted, firstLineCase, stepDocument, type Accepted } from '../support/casework.js';
import { acting, nowhere, openToAny, reading } from './levels.js';
import { against, organisationOf, shutOutOfCases, type Outsider } from './shut-out.js';
import { openSocket, post, sendHttp } from './transports.js';

const { raadslied, colleague, loket, lawyer, partner, strangeLawyer, privacyOfficer } = cast;

/** Whoever is walled off from a case: at every level it answers them as a random id does. */
describe('shut out of a case,', () => {
  const cases = shutOutOfCases();
  const { open, then, joined, offered, referred, walled, seen } = cases;
  const { onCase, isShut, listsNothing, followsNothing, findsByCode } = cases;

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
          const opened = await accepted(cases.spil, lawyer, 'registerCase', own);
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
          const assigned = await accepted(cases.spil, raadslied, 'assignCoordinator', to);
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
          await post(cases.spil.graphqlUrl, await cases.spil.tokenOf(strangeLawyer), body, 'EMERGENCY');
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

  it.each(behindAWall)('behind a wall: %s gets nowhere', async (_who, outsider) => {
    const asked = await onCase(outsider);
    await isShut(outsider, asked, [...reading, ...acting, ...openToAny]);
    await listsNothing(outsider, asked);
    await followsNothing(outsider, asked);
    expect(await findsByCode(outsider, asked)).toEqual(await findsByCode(outsider, nowhere()));
    const certificate = new URL(`/erasures/${asked.caseId}/certificate.json`, cases.spil.graphqlUrl);
    const authorization = `Bearer ${await cases.spil.tokenOf(outsider.who)}`;
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
    const socket = await openSocket(cases.spil.graphqlUrl, await cases.spil.tokenOf(who));
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
