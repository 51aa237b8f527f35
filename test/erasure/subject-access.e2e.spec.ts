import type { Principal } from '@spil/access';
import pg from 'pg';
import { extractText, getDocumentProxy } from 'unpdf';
import {
  as,
  people,
  populate,
  startTestSystem,
  type StepAnswer,
  type TestSystem,
} from '../support/system.js';
import { closed, erased, officers, taken } from './support.js';

interface Told {
  readonly data?: {
    readonly subjectAccess: {
      readonly clientId: string;
      readonly cases: readonly {
        readonly caseId: string;
        readonly fields: readonly {
          readonly name: string;
          readonly text: { readonly state: string; readonly value: string | null };
        }[];
      }[];
    } | null;
  } | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** Where a page breaks its lines follows from how wide the digits of an id happen to be. */
const unbroken = (text: string): string => text.replaceAll(/\s/g, '');

describe('a client who asks what is held', () => {
  let system: TestSystem;
  let opened: StepAnswer;

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
    opened = await taken(system, as('loket'), 'registerCaseWithConversation', {
      registration: {
        registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
        channel: 'PHONE',
        primaryArea: 'HUURRECHT',
        client: { name: 'Gijs Voorbeeld (fictief)' },
        clientQuestion: 'Mag dit?',
      },
      request: { askedKind: 'ADVOCATUUR', questionKind: 'LEGAL_CHECK' },
      contact: { reachedKind: 'ADVOCATUUR' },
      account: { result: 'ADVICE_GIVEN', advice: 'Van het Loket' },
    });
    const { position } = await taken(system, as('lawyer'), 'registerCounterpart', {
      registrationCode: opened.registrationCode,
      account: { result: 'ADVICE_GIVEN', advice: 'Van de advocaat' },
    });
    opened = { ...opened, position };
  }, 60_000);

  afterAll(() => system.stop());

  async function told(principal: Principal, purpose = 'SUBJECT_ACCESS', caseId = opened.id): Promise<Told> {
    const response = await fetch(system.service.graphqlUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await system.tokenOf(principal)}`,
        'spil-purpose': purpose,
      },
      body: JSON.stringify({
        query: `query ($caseId: Uuid!, $position: Position!) {
          subjectAccess(caseId: $caseId, atLeast: { position: $position }) {
            clientId cases { caseId fields { name recordedIn occurredAt text { state value } } } } }`,
        variables: { caseId, position: opened.position },
      }),
    });
    return (await response.json()) as Told;
  }
  const filledIn = (answer: Told) =>
    (answer.data?.subjectAccess?.cases ?? []).flatMap(({ fields }) =>
      fields.filter(({ text }) => text.state !== 'EMPTY').map(({ name, text }) => [name, text.value]),
    );

  it('gets no document while a step of a case could not be taken in, and the officer hears of which', async () => {
    const ask = (fields: string) =>
      system.ask(
        officers.loket,
        `query ($caseId: Uuid!, $position: Position!) {
          subjectAccess(caseId: $caseId, atLeast: { position: $position }) { ${fields} } }`,
        { caseId: opened.id, position: opened.position },
        'SUBJECT_ACCESS',
      );
    const owner = new pg.Client({ connectionString: system.readModel.ownerUrl });
    await owner.connect();
    try {
      await owner.query(
        `INSERT INTO projection.parked SELECT projection, generation, $1, 9, 'event', 'CaseClosed', 'a fault'
         FROM projection.generation WHERE projection = 'timeline' AND live`,
        [`case-${opened.id}`],
      );
      const { data, errors } = await ask('document(language: en, format: HTML) { fileName }');
      expect([data, errors?.[0]?.extensions]).toEqual([
        { subjectAccess: null },
        expect.objectContaining({ code: 'NOT_YET_VISIBLE', behind: ['timeline'] }),
      ]);
      expect((await ask('cases { caseId stale }')).data).toEqual({
        subjectAccess: { cases: [{ caseId: opened.id, stale: true }] },
      });
    } finally {
      await owner.query('DELETE FROM projection.parked');
      await owner.end();
    }
    expect((await ask('cases { stale } document(language: en, format: HTML) { mediaType }')).data).toEqual({
      subjectAccess: { cases: [{ stale: false }], document: { mediaType: 'text/html; charset=utf-8' } },
    });
  });

  it('gets what each organisation recorded itself, from that organisation', async () => {
    expect(filledIn(await told(officers.loket))).toEqual(
      expect.arrayContaining([
        ['client.name', 'Gijs Voorbeeld (fictief)'],
        ['facts.clientQuestion', 'Mag dit?'],
        ['account.advice', 'Van het Loket'],
      ]),
    );
    expect(filledIn(await told(officers.firm))).toEqual([['account.advice', 'Van de advocaat']]);
  });

  it('gets why it was declined, too, from an organisation that recorded nothing else', async () => {
    const other = await taken(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
    });
    const referred = await taken(system, as('loket'), 'referCase', {
      caseId: other.id,
      toOrganisationId: people.lawyer.organisationId,
      warmth: 'COLD',
    });
    const { position } = await taken(system, as('lawyer'), 'declineReferral', {
      caseId: other.id,
      referralId: referred.created.find(({ kind }) => kind === 'referral')?.id,
      reason: 'NO_CAPACITY',
      explanation: 'Pas over zes weken plaats',
    });
    opened = { ...opened, position };
    expect(filledIn(await told(officers.firm, 'SUBJECT_ACCESS', other.id))).toEqual([
      ['explanation', 'Pas over zes weken plaats'],
    ]);
  });

  /** The document as somebody would read it, and what the access log holds of it. */
  async function handedOver(
    principal: Principal,
    language: 'nl' | 'en',
    format: 'HTML' | 'PDF',
  ): Promise<{ readonly fileName: string; readonly text: string; readonly logged: readonly string[] }> {
    const response = await fetch(system.service.graphqlUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await system.tokenOf(principal)}`,
        'spil-purpose': 'SUBJECT_ACCESS',
      },
      body: JSON.stringify({
        query: `query ($caseId: Uuid!, $position: Position!, $language: Language!, $format: DocumentFormat!) {
          subjectAccess(caseId: $caseId, atLeast: { position: $position }) {
            document(language: $language, format: $format) { fileName mediaType content } } }`,
        variables: { caseId: opened.id, position: opened.position, language, format },
      }),
    });
    const { data, extensions } = (await response.json()) as {
      readonly data: {
        readonly subjectAccess: {
          readonly document: {
            readonly fileName: string;
            readonly mediaType: string;
            readonly content: string;
          };
        };
      };
      readonly extensions: { readonly traceId: string };
    };
    const { fileName, mediaType, content } = data.subjectAccess.document;
    expect(mediaType).toBe(format === 'HTML' ? 'text/html; charset=utf-8' : 'application/pdf');
    const file = Buffer.from(content, 'base64');
    const text =
      format === 'HTML'
        ? file.toString()
        : (await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: true })).text;
    const log = new pg.Client({ connectionString: system.audit.serviceUrl });
    await log.connect();
    const { rows } = await log.query<{ fields: string[] }>(
      `SELECT fields FROM access_log.disclosure
       WHERE trace_id = $1 AND action = 'subjectAccess' AND purpose = 'SUBJECT_ACCESS' AND controller_id = $2`,
      [extensions.traceId, principal.organisationId],
    );
    await log.end();
    return { fileName, text, logged: rows.flatMap(({ fields }) => fields) };
  }

  it('is told so by privacy officers, under that purpose, and of cases that they hold something in', async () => {
    const codeOf = ({ errors }: Told) => errors?.[0]?.extensions.code;
    expect(codeOf(await told(officers.loket, 'DATA_PROTECTION'))).toBe('BAD_USER_INPUT');
    expect(codeOf(await told(as('loket')))).toBe('FORBIDDEN');
    const other = await taken(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_SIGNALERING_ONLY',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
    });
    opened = { ...opened, position: other.position };
    expect((await told(officers.firm, 'SUBJECT_ACCESS', other.id)).data).toEqual({ subjectAccess: null });
  });

  it.each(['HTML', 'PDF'] as const)(
    'gets it as one %s document over all cases, in two languages, each text in the access log',
    async (format) => {
      const { data } = await system.ask(as('loket'), 'query ($id: Uuid!) { case(id: $id) { clientId } }', {
        id: opened.id,
      });
      const { clientId } = data?.case as { readonly clientId: string };
      const again = await taken(system, as('loket'), 'registerCase', {
        registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
        channel: 'PHONE',
        primaryArea: 'HUURRECHT',
        knownClientId: clientId,
        clientQuestion: `Mag dit ook, per ${format}?`,
      });
      opened = { ...opened, position: again.position };
      for (const [language, question] of [
        ['nl', 'Uw vraag'],
        ['en', 'Your question'],
      ] as const) {
        const { fileName, text, logged } = await handedOver(officers.loket, language, format);
        expect(fileName).toBe(`client-${clientId}-${language}.${format.toLowerCase()}`);
        for (const part of [
          opened.id,
          again.id,
          question,
          'Gijs Voorbeeld (fictief)',
          'Mag dit?',
          `Mag dit ook, per ${format}?`,
          'Van het Loket',
        ])
          expect(unbroken(text)).toContain(unbroken(part));
        expect(unbroken(text)).not.toContain(unbroken('Van de advocaat'));
        expect(logged).toEqual(
          expect.arrayContaining([
            'CaseRegistered.client.name',
            'CaseRegistered.facts.clientQuestion',
            'PiketConversationRecorded.account.advice',
          ]),
        );
        expect(
          logged.filter((field) => field === 'CaseRegistered.facts.clientQuestion').length,
        ).toBeGreaterThan(1);
      }
    },
  );

  it('is told what for, who saw it, how long it is kept and what can be asked, by the data themselves', async () => {
    const saw = await system.ask(
      as('lawyer'),
      'query ($id: Uuid!) { case(id: $id) { client { name { value } } } }',
      {
        id: opened.id,
      },
    );
    expect(saw.errors).toBeUndefined();
    const informed = async (principal: Principal) => {
      const { data, errors } = await system.ask(
        principal,
        `query ($caseId: Uuid!, $position: Position!) {
          subjectAccess(caseId: $caseId, atLeast: { position: $position }) { information {
            categories years duty recipients { name } sources { name } storage { caseId state until }
            nl: sections(language: nl) { heading lines } en: sections(language: en) { heading } } } }`,
        { caseId: opened.id, position: opened.position },
        'SUBJECT_ACCESS',
      );
      expect(errors).toBeUndefined();
      return (data?.subjectAccess as { readonly information: Readonly<Record<string, unknown>> }).information;
    };
    const [loket, firm] = [await informed(officers.loket), await informed(officers.firm)];
    expect(loket).toMatchObject({
      categories: ['CLIENT', 'QUESTION', 'NOTES'],
      years: 2,
      duty: false,
      recipients: [{ name: 'Advocaten (fictief)' }],
      sources: [{ name: 'Advocaten (fictief)' }],
    });
    expect(loket.storage).toContainEqual({ caseId: opened.id, state: 'OPEN', until: null });
    expect(firm).toMatchObject({
      categories: ['NOTES'],
      years: 5,
      duty: true,
      sources: [{ name: 'Loket (fictief)' }],
    });
    expect(loket.nl).toHaveLength(8);
    expect(loket.en).toHaveLength(8);
    const { text } = await handedOver(officers.loket, 'nl', 'HTML');
    expect(text).toContain(
      'kregen ook hulpverleners van deze organisaties persoonsgegevens uit deze zaken te zien: Advocaten (fictief)',
    );
    expect(text).toContain('Autoriteit Persoonsgegevens');
  });

  it("gets from another organisation that organisation's own texts only", async () => {
    const { text, logged } = await handedOver(officers.firm, 'nl', 'HTML');
    expect(text).toContain('Van de advocaat');
    expect(text).not.toMatch(/Gijs|Mag dit|Van het Loket/);
    expect(logged).toEqual(['PiketConversationRecorded.account.advice']);
  });

  it('hears afterwards that it was erased', async () => {
    const { position } = await closed(system, as('loket'), opened.id);
    opened = { ...opened, position };
    await erased(system, officers.loket, opened.id);
    const erasedCase = (await told(officers.loket)).data?.subjectAccess?.cases.find(
      ({ caseId }) => caseId === opened.id,
    );
    expect(new Set(erasedCase?.fields.map(({ text }) => text.state))).toEqual(new Set(['ERASED']));
    expect((await handedOver(officers.loket, 'nl', 'PDF')).text).toContain(
      `Casus ${opened.id}: uw gegevens zijn gewist.`,
    );
    expect(filledIn(await told(officers.firm))).toEqual([['account.advice', 'Van de advocaat']]);
  });

  it('reads so in the document, in words, and nothing of it is logged as shown', async () => {
    for (const [language, words] of [
      ['nl', 'Gewist: deze tekst was er'],
      ['en', 'Erased: this text was there'],
    ] as const) {
      const { text, logged } = await handedOver(officers.loket, language, 'HTML');
      expect(text).toContain(words);
      expect(text).not.toMatch(/Gijs|Mag dit\?|Van het Loket/);
      expect(logged).not.toContain('CaseRegistered.client.name');
      expect(text).toContain('Mag dit ook, per PDF?');
    }
  });
});
