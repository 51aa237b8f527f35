import { randomUUID } from 'node:crypto';
import { cast } from '../support/cast.js';
import { accepted } from '../support/casework.js';
import { acting, reading } from './levels.js';
import { against, shutOutOfCases, type Outsider } from './shut-out.js';

const { raadslied, colleague, loket, lawyer } = cast;
const importer = { ...raadslied, mayImport: true };

/** Whoever stood to a case once: at every level it answers them as a random id does. */
describe('shut out of a case,', () => {
  const cases = shutOutOfCases();
  const { open, then, offered, referred, seen } = cases;
  const { onCase, isShut, listsNothing, followsNothing, findsByCode } = cases;

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
          const assigned = await accepted(cases.spil, raadslied, 'assignCoordinator', { caseId: id, ...to });
          await seen(assigned, loket);
          const over = { toProfessionalId: raadslied.professionalId, reason: 'LEFT' };
          const last = await then({ ...assigned, registrationCode }, loket, 'transferCoordinator', over);
          return { last, thing: randomUUID() };
        },
      },
    ],
  ];

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
});
