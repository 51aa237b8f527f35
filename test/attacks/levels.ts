import { randomBytes, randomUUID } from 'node:crypto';
import type { Purpose } from '@spil/access';
import { registrationCodeFrom } from '@spil/domain';
import { cast } from '../support/cast.js';
import { stepDocument } from '../support/casework.js';

/** Ids by which somebody asks: of a case that is there, or random ones. */
export interface Asked {
  readonly caseId: string;
  readonly code: string;
  /** A handover, referral or wall of the case. */
  readonly thing: string;
}

/** Ids of nothing. */
export const nowhere = (): Asked => ({
  caseId: randomUUID(),
  code: registrationCodeFrom(randomBytes(64)),
  thing: randomUUID(),
});

/** The client of a case, once the read models hold it up to a position. */
export const sees =
  'query ($caseId: Uuid!, $atLeast: AtLeastInput) { case(id: $caseId, atLeast: $atLeast) { client { name { value } } } }';

/**
 * Levels at which a case can be asked for: the question, for which purpose when it is not the asker's (steps are for what the role is
 * for), and what anybody gets for a random id.
 */
export type Level = readonly [
  string,
  (asked: Asked) => { query: string; variables?: object },
  { purpose?: Purpose | 'OF_ROLE'; expected: object },
];

const about = (query: string) => (asked: Asked) => ({ query, variables: asked });
const step = (mutation: string, input: (asked: Asked) => object) => (asked: Asked) => ({
  query: stepDocument(mutation),
  variables: { input: { commandId: randomUUID(), ...input(asked) } },
});
const refused = { step: { __typename: 'StepRefused' } };
const noCase = { step: { __typename: 'StepRefused', code: 'CASE_NOT_FOUND' } };

/** What can be read of a case. */
export const reading: Level[] = [
  ['the case', about('query ($caseId: Uuid!) { case(id: $caseId) { id } }'), { expected: { case: null } }],
  [
    'its client, texts and dossier',
    about(`query ($caseId: Uuid!) { case(id: $caseId) { client { name { value } phone { value } }
      registrations { facts { clientQuestion { value } } } handovers { dossier { caseSketch { value } } }
      referrals { coldReason { value } } conversationAccounts { advice { value } } } }`),
    { expected: { case: null } },
  ],
  [
    'its timeline',
    about('query ($caseId: Uuid!) { case(id: $caseId) { timeline { type sealed { path } } } }'),
    { expected: { case: null } },
  ],
  [
    'its history',
    about('query ($caseId: Uuid!) { caseHistory(caseId: $caseId) { eventCount events { type facts } } }'),
    { expected: { caseHistory: null } },
  ],
  [
    'its history as a document',
    about(
      'query ($caseId: Uuid!) { caseHistory(caseId: $caseId) { document(format: PDF, language: nl) { content } } }',
    ),
    { expected: { caseHistory: null } },
  ],
  [
    'what changed in it',
    about('query ($caseId: Uuid!) { caseHistoryDiff(caseId: $caseId) { eventsAfter changes { path } } }'),
    { expected: { caseHistoryDiff: null } },
  ],
  [
    'who saw it',
    about('query ($caseId: Uuid!) { accessLog(caseId: $caseId) { edges { cursor } } }'),
    { expected: { accessLog: null } },
  ],
  [
    'who could see it',
    about(
      `query ($caseId: Uuid!) { disclosure(caseId: $caseId, on: "${new Date().toISOString()}") { revision } }`,
    ),
    { expected: { disclosure: null } },
  ],
  [
    'what is held of its client',
    about('query ($caseId: Uuid!) { subjectAccess(caseId: $caseId) { clientId } }'),
    { purpose: 'SUBJECT_ACCESS', expected: { subjectAccess: null } },
  ],
  ['its client, to answer the client', about(sees), { purpose: 'SUBJECT_ACCESS', expected: { case: null } }],
  [
    'the case, in an emergency that they did not declare',
    about(sees),
    { purpose: 'EMERGENCY', expected: { case: null } },
  ],
];
/** Steps on a case. */
export const acting: Level[] = [
  [
    'close it',
    step('closeCase', ({ caseId }) => ({ caseId, outcome: 'SOLVED', solution: 'ADVICE' })),
    { purpose: 'OF_ROLE', expected: noCase },
  ],
  [
    'ask the desk',
    step('requestPiket', ({ caseId }) => ({
      caseId,
      askedKind: 'ADVOCATUUR',
      questionKind: 'LEGAL_CHECK',
    })),
    { purpose: 'OF_ROLE', expected: noCase },
  ],
  [
    'accept the handover',
    step('acceptHandover', ({ caseId, thing }) => ({ caseId, handoverId: thing })),
    { purpose: 'OF_ROLE', expected: noCase },
  ],
  [
    'decline the handover',
    step('declineHandover', ({ caseId, thing }) => ({
      caseId,
      handoverId: thing,
      reason: 'NO_CAPACITY',
    })),
    { purpose: 'OF_ROLE', expected: noCase },
  ],
  [
    'accept the referral',
    step('acceptReferral', ({ caseId, thing }) => ({ caseId, referralId: thing })),
    { purpose: 'OF_ROLE', expected: noCase },
  ],
  [
    'wall off another',
    step('raiseConflictWall', ({ caseId }) => ({ caseId, professionalId: cast.partner.professionalId })),
    { purpose: 'OF_ROLE', expected: noCase },
  ],
];
/** What is open to any professional, and shut behind a wall. */
export const openToAny: Level[] = [
  [
    'lift the wall',
    step('liftConflictWall', ({ caseId, thing }) => ({ caseId, wallId: thing })),
    { purpose: 'OF_ROLE', expected: noCase },
  ],
  [
    'join by its code',
    step('registerCounterpart', ({ code }) => ({ registrationCode: code })),
    { purpose: 'OF_ROLE', expected: refused },
  ],
  [
    'emergency access',
    step('takeEmergencyAccess', ({ caseId }) => ({ caseId, reason: 'Fictief' })),
    { purpose: 'EMERGENCY', expected: refused },
  ],
  [
    'emergency access by its code',
    step('takeEmergencyAccess', ({ code }) => ({ registrationCode: code, reason: 'Fictief' })),
    { purpose: 'EMERGENCY', expected: refused },
  ],
];
