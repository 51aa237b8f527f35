import { by, piketLawyer, raadslied, raadsliedsColleague, time } from '../test-support/people.js';
import { scenarioOf, type Step } from '../test-support/scenario.js';
import type { Party } from '../case/events.js';
import type { DecisionContext, Instant } from '../shared/decider.js';
import type { ErasableCase } from './erasable-case.js';
import { erasureDecider, type ErasureCommand, type OrderErasure } from './erasure.js';
import { defaultRetention } from './retention.js';

const { given } = scenarioOf(erasureDecider);
type ErasureStep = Step<ErasureCommand>;

const erasureId = 'erasure-1';
const officer = raadsliedsColleague;
const guarding = (party: Party, at: Instant): DecisionContext =>
  by(party, at, { mandate: 'DATA_PROTECTION' });
const step = (command: ErasureCommand, context = guarding(officer, time('10:00'))): ErasureStep => ({
  command,
  context,
});

const requested = (changes: object = {}, context?: DecisionContext): ErasureStep =>
  step(
    {
      type: 'RequestErasure',
      erasureId,
      clientId: 'client-1',
      ground: 'CLIENT_REQUEST',
      identityCheck: 'SEEN_IN_PERSON',
      caseId: null,
      ...changes,
    },
    context ?? guarding(officer, time('09:00')),
  );

const longClosed: ErasableCase = {
  caseId: 'case-1',
  open: false,
  handoverUnderWay: false,
  endedAt: '2014-09-06T10:00:00.000Z',
};
const justClosed: ErasableCase = { ...longClosed, caseId: 'case-2', endedAt: time('08:00') };

const ordered = (changes: Partial<OrderErasure> = {}, context?: DecisionContext): ErasureStep =>
  step(
    {
      type: 'OrderErasure',
      erasureId,
      cases: [longClosed],
      left: [],
      retention: defaultRetention.SOCIAAL_RAADSLIEDEN,
      ...changes,
    },
    context,
  );
const event = { erasureId, occurredAt: time('10:00') };
const notYet = (objections: readonly string[], until: string | null, caseIds = ['case-1']) => ({
  code: 'ERASURE_NOT_YET' as const,
  rule: 'AVG art. 17(3)',
  field: 'erasureId',
  facts: { objections, caseIds, until },
});

describe('a request to erase', () => {
  it('is taken in for the own organisation, and the client hears within a month', () => {
    given()
      .when(requested())
      .yields({
        type: 'ErasureRequested',
        erasureId,
        clientId: 'client-1',
        organisationId: officer.organisationId,
        ground: 'CLIENT_REQUEST',
        identityCheck: 'SEEN_IN_PERSON',
        caseId: null,
        requestedBy: officer,
        answerBy: '2021-10-04T09:00:00.000Z',
        occurredAt: time('09:00'),
      });
  });

  it('of a client says how the identity was checked', () => {
    given()
      .when(requested({ identityCheck: null }))
      .isRefused({
        code: 'ERASURE_IDENTITY_NOT_CHECKED',
        rule: 'AVG art. 12(6)',
        field: 'identityCheck',
        facts: {},
      });
  });

  it('is nothing that casework can decide', () => {
    given()
      .when(requested({}, by(raadslied, time('09:00'))))
      .isRefused({ code: 'NOT_ALLOWED', facts: {} });
  });

  it('does not exist for another organisation', () => {
    given(requested())
      .when(ordered({}, guarding(piketLawyer, time('10:00'))))
      .isRefused({ code: 'ERASURE_NOT_FOUND', field: 'erasureId', facts: {} });
  });

  it('can be turned down, and then not ordered any more', () => {
    const down = step({ type: 'RefuseErasure', erasureId, ground: 'LEGAL_CLAIMS', left: [] });
    given(requested())
      .when(down)
      .yields({ ...event, type: 'ErasureRefused', refusedBy: officer, ground: 'LEGAL_CLAIMS' });
    given(requested(), down)
      .when(ordered())
      .isRefused({ code: 'ERASURE_ALREADY_DECIDED', field: 'erasureId', facts: { status: 'REFUSED' } });
  });

  it('is not turned down in the cases on which whoever does so may not decide', () => {
    given(requested())
      .when(step({ type: 'RefuseErasure', erasureId, ground: 'LEGAL_CLAIMS', left: ['case-3'] }))
      .yields({
        ...event,
        type: 'ErasureRefused',
        refusedBy: officer,
        ground: 'LEGAL_CLAIMS',
        left: ['case-3'],
      });
  });

  it('can wait for a day ahead, and be ordered after all', () => {
    const postponed = (until: string) =>
      step({ type: 'PostponeErasure', erasureId, ground: 'CASE_OPEN', until });
    given(requested())
      .when(postponed('2021-09-06'))
      .isRefused({ code: 'ERASURE_DATE_NOT_AHEAD', rule: 'AVG art. 12(3)', field: 'until', facts: {} });
    given(requested(), postponed('2021-09-07'))
      .when(ordered())
      .yields({ ...event, type: 'ErasureOrdered', orderedBy: officer, caseIds: ['case-1'], kept: [] });
  });
});

describe('the legal check', () => {
  it.each([
    ['a case that is worked on', { open: true, endedAt: null }, 'CASE_OPEN'],
    ['a handover under way', { handoverUnderWay: true }, 'HANDOVER_UNDER_WAY'],
  ] as const)('lets %s stand against it', (_, changes, objection) => {
    given(requested())
      .when(ordered({ cases: [{ ...longClosed, ...changes }] }))
      .isRefused(notYet([objection], null));
  });

  it('lets the duty of a lawyer to keep the file stand against it, until the term is over', () => {
    const lawyer = guarding(piketLawyer, time('10:00'));
    const kept = { cases: [{ ...justClosed, caseId: 'case-1' }], retention: defaultRetention.ADVOCATUUR };
    given(requested({}, guarding(piketLawyer, time('09:00'))))
      .when(ordered(kept, lawyer))
      .isRefused(notYet(['RETENTION_TERM'], '2026-09-06'));
  });

  it('lets a term that is no duty give way to the client, and to nobody else', () => {
    given(requested())
      .when(ordered({ cases: [justClosed] }))
      .yields({ ...event, type: 'ErasureOrdered', orderedBy: officer, caseIds: ['case-2'], kept: [] });
    given(requested({ ground: 'RETENTION_ENDED', identityCheck: null, caseId: 'case-2' }))
      .when(ordered({ cases: [justClosed] }))
      .isRefused(notYet(['RETENTION_TERM'], '2023-09-06', ['case-2']));
  });

  it('orders what it can, and says of the rest why it stays', () => {
    given(requested())
      .when(ordered({ cases: [longClosed, { ...justClosed, open: true, endedAt: null }] }))
      .yields({
        ...event,
        type: 'ErasureOrdered',
        orderedBy: officer,
        caseIds: ['case-1'],
        kept: [{ caseId: 'case-2', objection: 'CASE_OPEN', until: null }],
      });
  });
});

describe('an order of somebody who may not decide on every case of the client', () => {
  it('covers the others, and says which are left to a colleague', () => {
    given(requested())
      .when(ordered({ left: ['case-3'] }))
      .yields({
        ...event,
        type: 'ErasureOrdered',
        orderedBy: officer,
        caseIds: ['case-1'],
        kept: [],
        left: ['case-3'],
      });
  });

  it('tells nothing of those by a refusal', () => {
    given(requested())
      .when(ordered({ cases: [{ ...longClosed, open: true, endedAt: null }], left: ['case-3'] }))
      .isRefused(notYet(['CASE_OPEN'], null));
  });
});

describe('a case that need not be kept any more', () => {
  const confirmed = (erasable: ErasableCase): ErasureStep =>
    step({
      type: 'EraseAfterRetention',
      erasureId,
      clientId: 'client-1',
      erasable,
      retention: defaultRetention.SOCIAAL_RAADSLIEDEN,
    });

  it('is erased once a privacy officer confirms it', () => {
    given()
      .when(confirmed(longClosed))
      .yields(
        {
          ...event,
          type: 'ErasureRequested',
          clientId: 'client-1',
          organisationId: officer.organisationId,
          ground: 'RETENTION_ENDED',
          identityCheck: null,
          caseId: 'case-1',
          requestedBy: officer,
          answerBy: '2021-10-04T10:00:00.000Z',
        },
        { ...event, type: 'ErasureOrdered', orderedBy: officer, caseIds: ['case-1'], kept: [] },
      );
  });

  it('is not one that was closed a moment ago', () => {
    given()
      .when(confirmed(justClosed))
      .isRefused({ ...notYet(['RETENTION_TERM'], '2023-09-06', ['case-2']), field: 'caseId' });
  });
});

describe('the certificate', () => {
  const destroyed = [
    { caseId: 'case-1', keyId: 'key-1', destroyedAt: time('10:00'), recipients: ['organisation-2'] },
  ];
  const completed: ErasureStep = {
    command: { type: 'CompleteErasure', erasureId, destroyed },
    context: {
      actor: { kind: 'SYSTEM', process: 'erasure' },
      mandate: 'PROCESS',
      occurredAt: time('10:01'),
      recordedAt: time('10:01'),
    },
  };

  it('follows what was ordered, and backups are gone thirty days later', () => {
    given(requested(), ordered())
      .when(completed)
      .yields({
        type: 'ErasureCompleted',
        erasureId,
        destroyed,
        backupsUntil: '2021-10-06',
        occurredAt: time('10:01'),
      });
  });

  it('is given to nobody without an order', () => {
    given(requested())
      .when(completed)
      .isRefused({ code: 'ERASURE_NOT_FOUND', field: 'erasureId', facts: {} });
  });
});
