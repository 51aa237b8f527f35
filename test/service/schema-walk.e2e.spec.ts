import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { Principal, Purpose } from '@spil/access';
import type { GraphQLSchema } from 'graphql';
import { createClient } from 'graphql-ws';
import pg from 'pg';
import { WebSocket } from 'ws';
import { buildSchema } from '../../apps/coordination-service/src/schema.js';
import { officers } from '../erasure/support.js';
import { documentFor, placesOf, rootsOf, textsIn, type Literals, type Root } from '../support/schema-walk.js';
import {
  as,
  people,
  populate,
  startTestSystem,
  type StepAnswer,
  type TestSystem,
} from '../support/system.js';
import { testPrincipal } from '../support/tokens.js';

/**
 * What leads to personal data, and which decision stands before it. A root that is not here fails the walk: think of the gate and
 * the access log before adding it.
 */
const gated: Readonly<Record<string, string>> = {
  case: 'CaseGate, SEE_CASE and SEE_PERSONAL_DATA on a fresh fold',
  cases: 'the rows that the policy lets a list hold, SEE_PERSONAL_DATA for each',
  emergencyAccessToReview: 'CaseGate, REVIEW_EMERGENCY_ACCESS, for the reason that was given',
  professionals: 'SEE_PROFESSIONALS',
  caseTimeline: 'CaseGate for every message anew',
  subjectAccess: 'GIVE_SUBJECT_ACCESS, and CaseGate, COLLECT_FOR_CLIENT, for each case',
};

/** A text that is personal, and where in its event it was sealed. */
const canaries: Readonly<Record<string, string>> = {
  'kanarie naam': 'CaseRegistered.client.name',
  '06 11110000': 'CaseRegistered.client.phone',
  'kanarie@adres.invalid': 'CaseRegistered.client.email',
  'kanarie straat': 'CaseRegistered.client.address',
  'kanarie veilig': 'CaseRegistered.client.safeContact',
  'kanarie taal': 'CaseRegistered.client.interpreterLanguage',
  'kanarie vraag': 'CaseRegistered.facts.clientQuestion',
  'kanarie eigen vraag': 'CaseRegistered.facts.professionalQuestion',
  'kanarie wederpartij': 'CaseRegistered.facts.opposingPartyName',
  'kanarie kenmerk': 'SelfRelianceAssessed.indicators',
  'kanarie notitie': 'CounterpartRegistered.note',
  'kanarie advies': 'PiketConversationRecorded.account.advice',
  'kanarie motivering': 'PiketConversationRecorded.account.motivation',
  'kanarie signaal': 'FlaggedForSignalering.note',
  'kanarie koud': 'CaseReferred.coldReason',
  'kanarie schets': 'HandoverPrepared.dossier.caseSketch',
  'kanarie tot nu toe': 'HandoverPrepared.dossier.adviceSoFar',
  'kanarie stuk': 'HandoverPrepared.dossier.documents',
  'kanarie afzender': 'HandoverPrepared.dossier.senderContact',
  'kanarie nood': 'EmergencyAccessTaken.reason',
};

describe('a walk through the whole schema', () => {
  let system: TestSystem;
  let schema: GraphQLSchema;
  let roots: Root[];
  let opened: StepAnswer;
  let last: StepAnswer;
  /** What the steps answered, with everything below their payloads. */
  const payloads: unknown[] = [];

  const sent = async (
    who: keyof typeof people,
    mutation: string,
    input: object,
    purpose?: Purpose,
  ): Promise<StepAnswer> => {
    const walked = documentFor(root(mutation), { input: '$input' });
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
    const { data, errors } = await system.ask(
      as(who),
      walked.replace('mutation', `mutation ($input: ${type})`),
      { input: { commandId: randomUUID(), ...input } },
      purpose,
    );
    expect([mutation, errors]).toEqual([mutation, undefined]);
    payloads.push(data);
    return data?.[mutation] as StepAnswer;
  };
  const take = async (...order: Parameters<typeof sent>): Promise<StepAnswer> => {
    last = await sent(...order);
    expect([order[1], last.code, last.field]).toEqual([order[1], undefined, undefined]);
    return last;
  };
  const made = ({ created }: StepAnswer, kind: string) => created.find((one) => one.kind === kind)?.id;

  beforeAll(async () => {
    schema = await buildSchema();
    roots = rootsOf(schema);
    system = await startTestSystem();
    await populate(system);
    opened = await take('loket', 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      client: {
        name: 'kanarie naam',
        phone: '06 11110000',
        email: 'kanarie@adres.invalid',
        address: 'kanarie straat',
        safeContact: 'kanarie veilig',
        interpreterLanguage: 'kanarie taal',
      },
      clientQuestion: 'kanarie vraag',
      professionalQuestion: 'kanarie eigen vraag',
      opposingPartyName: 'kanarie wederpartij',
    });
    const caseId = opened.id;
    await take('loket', 'assessSelfReliance', {
      caseId,
      outcome: 'NOT_SELF_RELIANT',
      wronglyAssumed: false,
      indicators: 'kanarie kenmerk',
    });
    await take('loket', 'assignCoordinator', { caseId, professionalId: people.loket.professionalId });
    await take('lawyer', 'registerCounterpart', {
      registrationCode: opened.registrationCode,
      note: 'kanarie notitie',
      contact: { reachedKind: 'ADVOCATUUR', reachedProfessionalId: people.lawyer.professionalId },
      account: {
        result: 'ADVICE_GIVEN',
        advice: 'kanarie advies',
        rating: 7,
        motivation: 'kanarie motivering',
      },
    });
    await take('loket', 'flagForSignalering', {
      caseId,
      registrationId: made(opened, 'registration'),
      kind: 'GOES_WELL',
      themes: [],
      selfRelianceWronglyAssumed: false,
      gapInLegalAid: false,
      bestPracticeCandidate: false,
      note: 'kanarie signaal',
    });
    await take('loket', 'referCase', {
      caseId,
      toOrganisationId: people.lawyer.organisationId,
      warmth: 'COLD',
      coldReason: 'kanarie koud',
    });
    await take('loket', 'prepareHandover', {
      caseId,
      dossier: {
        caseSketch: 'kanarie schets',
        adviceSoFar: 'kanarie tot nu toe',
        documents: ['kanarie stuk'],
        senderContact: 'kanarie afzender',
      },
    });
    await take('lawyer', 'takeEmergencyAccess', { caseId, reason: 'kanarie nood' }, 'EMERGENCY');
  });
  afterAll(() => system.stop());

  const root = (name: string): Root => {
    const found = roots.find(({ field }) => field.name === name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  };
  /** Values that every root can be asked with, about one case. */
  const literals = (caseId: string, code: string): Literals => ({
    id: `"${caseId}"`,
    caseId: `"${caseId}"`,
    code: `"${code}"`,
    Uuid: `"${caseId}"`,
    String: `"${code}"`,
    ReferenceId: '"utrecht"',
    Instant: '"2199-01-01T00:00:00Z"',
  });
  const atLast = () => `{ position: "${last.position}" }`;
  const aboutTheCase = () => literals(opened.id, opened.registrationCode ?? '');
  const ask = async (who: Principal, document: string, purpose?: Purpose) => {
    const answer = (await system.ask(who, document, {}, purpose)) as Awaited<
      ReturnType<TestSystem['ask']>
    > & {
      readonly extensions?: { readonly traceId: string };
    };
    return { ...answer, traceId: answer.extensions?.traceId ?? '' };
  };
  const loggedFields = async (condition: string, value: string): Promise<string[]> => {
    const client = new pg.Client({ connectionString: system.audit.serviceUrl });
    await client.connect();
    const { rows } = await client.query<{ fields: string[] }>(
      `SELECT fields FROM access_log.disclosure WHERE ${condition} = $1`,
      [value],
    );
    await client.end();
    return rows.flatMap(({ fields }) => fields);
  };
  const canariesIn = (text: string) => Object.entries(canaries).filter(([canary]) => text.includes(canary));
  /** Canaries in an answer must sit in personal fields, and in the log; answers which personal fields held some. */
  const expectLogged = (answer: unknown, fields: readonly string[]): Set<string> => {
    const places = new Set<string>();
    for (const { text, personal } of textsIn(answer))
      for (const [canary, path] of canariesIn(text)) {
        expect([canary, personal]).toEqual([canary, expect.any(String)]);
        expect([canary, fields.some((field) => path === field || path.startsWith(`${field}.`))]).toEqual([
          canary,
          true,
        ]);
        places.add(personal ?? '');
      }
    return places;
  };

  it('meets personal data below the roots that are known to be gated, and below no other', () => {
    const leading = roots
      .filter((one) => placesOf(one, 'PersonalText').size > 0)
      .map(({ field }) => field.name);
    expect(leading.sort()).toEqual(Object.keys(gated).sort());
  });

  it('meets documents below two roots: one that is gated, and one that tells of personal texts only that they are there', () => {
    const leading = roots.filter((one) => placesOf(one, 'DocumentFile').size > 0);
    expect(leading.map(({ field }) => field.name).sort()).toEqual(['caseHistory', 'subjectAccess']);
  });

  it('finds each value that left in the log, for every personal field that a case has', async () => {
    const { data, errors, traceId } = await ask(
      as('loket'),
      documentFor(root('case'), { ...aboutTheCase(), atLeast: atLast() }),
    );
    expect(errors).toBeUndefined();
    const seen = expectLogged(data, await loggedFields('trace_id', traceId));
    expect([...seen].sort()).toEqual([...placesOf(root('case'), 'PersonalText')].sort());
    expect(canariesIn(JSON.stringify(data)).map(([canary]) => canary)).toEqual(Object.keys(canaries));
  });

  it('finds each value of a list in the log', async () => {
    const { data, errors, traceId } = await ask(as('loket'), documentFor(root('cases'), { first: '1' }));
    expect(errors).toBeUndefined();
    expect(expectLogged(data, await loggedFields('trace_id', traceId)).size).toBeGreaterThan(10);
  });

  it('finds each message of a subscription in the log before the next', async () => {
    const token = await system.tokenOf(as('colleague'));
    const client = createClient({
      url: system.service.graphqlUrl.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}`, purpose: 'SUBJECT_ACCESS' },
      retryAttempts: 0,
    });
    const entries = client.iterate({ query: documentFor(root('caseTimeline'), aboutTheCase()) });
    const seen = new Set<string>();
    for (let revision = 0n; revision <= BigInt(last.revision); revision += 1n) {
      const { value } = (await entries.next()) as { value: { data?: unknown } };
      const text = JSON.stringify(value.data);
      for (const [canary] of canariesIn(text)) seen.add(canary);
      expectLogged(value.data, await loggedFields('action', 'caseTimeline'));
    }
    await client.dispose();
    expect([...seen].sort()).toEqual(Object.keys(canaries).sort());
    expect(await loggedFields("action = 'caseTimeline' AND purpose", 'SUBJECT_ACCESS')).not.toEqual([]);
  });

  /** What the documents in an answer say. */
  const documentsIn = (answer: unknown): string[] => {
    if (typeof answer !== 'object' || answer === null) return [];
    const { __typename, content } = answer as { readonly __typename?: unknown; readonly content?: unknown };
    return __typename === 'DocumentFile' && typeof content === 'string'
      ? [Buffer.from(content, 'base64').toString()]
      : Object.values(answer).flatMap(documentsIn);
  };

  it('finds each value that was collected for the client in the log, and in the document that goes with it no other', async () => {
    const document = documentFor(root('subjectAccess'), { ...aboutTheCase(), atLeast: atLast() });
    const { data, errors, traceId } = await ask(officers.loket, document, 'SUBJECT_ACCESS');
    expect(errors).toBeUndefined();
    expectLogged(data, await loggedFields('trace_id', traceId));
    const ofTheFirm = ['kanarie notitie', 'kanarie advies', 'kanarie motivering', 'kanarie nood'];
    const ofTheLoket = Object.keys(canaries).filter((canary) => !ofTheFirm.includes(canary));
    const [told] = documentsIn(data);
    for (const text of [JSON.stringify(data), told ?? ''])
      expect(canariesIn(text).map(([canary]) => canary)).toEqual(ofTheLoket);
  });

  it('finds the reason of emergency access in the log when it is read by who reviews it', async () => {
    const reviewer = as('colleague', { role: 'COORDINATOR' });
    const { data, errors, traceId } = await ask(reviewer, documentFor(root('emergencyAccessToReview'), {}));
    expect(errors).toBeUndefined();
    expect(canariesIn(JSON.stringify(data)).map(([canary]) => canary)).toEqual(['kanarie nood']);
    expectLogged(data, await loggedFields('trace_id', traceId));
  });

  it.each<[string, Principal]>([
    ['who works on the case', as('loket')],
    ['an auditor', testPrincipal.auditor],
  ])('finds no personal text in the history of a case, nor in its document, for %s', async (_, who) => {
    const { data, errors } = await ask(who, documentFor(root('caseHistory'), aboutTheCase()));
    expect(errors).toBeUndefined();
    const [told] = documentsIn(data);
    expect(told).toContain(opened.id);
    expect(canariesIn(`${JSON.stringify(data)} ${told ?? ''}`)).toEqual([]);
  });

  it('finds no personal text in what steps answer, refused ones included', async () => {
    const refused = await sent('lawyer', 'declineReferral', {
      caseId: opened.id,
      referralId: randomUUID(),
      reason: 'NO_CAPACITY',
      explanation: 'kanarie koud',
    });
    expect(refused.__typename).toBe('StepRefused');
    expect(payloads).toHaveLength(9);
    expect(canariesIn(JSON.stringify(payloads))).toEqual([]);
  });

  it('finds each name of a professional in the log', async () => {
    const { data, traceId } = await ask(as('loket'), documentFor(root('professionals'), {}));
    expect(JSON.stringify(data)).toContain('Fictieve aaaa');
    expect(new Set(await loggedFields('trace_id', traceId))).toEqual(
      new Set(['ProfessionalRegistered.details.name', 'ProfessionalRegistered.details.phone']),
    );
  });

  const strangers: Readonly<Record<string, Principal>> = {
    'a professional elsewhere': as('elsewhere'),
    'a privacy officer of another organisation': {
      ...people.lawyer,
      subject: 'account-privacy',
      role: 'PRIVACY_OFFICER',
      organisationId: '44444444-4444-4444-8444-444444444444',
      mayImport: false,
    },
    'the board': testPrincipal.board,
    'an administrator': testPrincipal.admin,
  };

  it.each(Object.keys(strangers))(
    'shows %s nothing of a case, and no difference from one that is none',
    async (name) => {
      const who = strangers[name] ?? testPrincipal.board;
      for (const one of roots.filter(({ operation }) => operation === 'query')) {
        const [real, none] = await Promise.all(
          [aboutTheCase(), literals(randomUUID(), 'AAA-AAA-AAA')].map((about) =>
            ask(who, documentFor(one, about)),
          ),
        );
        expect([one.field.name, canariesIn(JSON.stringify(real))]).toEqual([one.field.name, []]);
        // Who was read the code out may link by it; that there is such a case is what the code says.
        if (one.field.name === 'caseByRegistrationCode') continue;
        const told = (answer: typeof real) => ({
          data: answer?.data,
          errors: answer?.errors?.map(({ message, extensions: { traceId: _trace, ...rest } }) => ({
            message,
            rest,
          })),
        });
        expect([one.field.name, told(real)]).toEqual([one.field.name, told(none)]);
      }
    },
  );
});
