import { extractText, getDocumentProxy } from 'unpdf';
import {
  languages,
  plainSubjectAccess,
  subjectAccessAsHtml,
  subjectAccessAsPdf,
  type Language,
  type ProcessingFacts,
  type ToldField,
} from './index.js';
import { personalField, stepWithText } from './personal-terms.js';
import { events, secret } from './test-support/one-of-each.js';

const facts: ProcessingFacts = {
  organisationKind: 'JURIDISCH_LOKET',
  categories: ['CLIENT'],
  recipients: ['Advocaten Fictief'],
  sources: [],
  term: { years: 2, duty: false },
  storage: [
    { caseId: 'case-1', state: 'ENDED', until: '2023-04-01' },
    { caseId: 'case-2', state: 'OPEN', until: null },
  ],
};
const recorded = { occurredAt: '2021-02-01T09:30:00.000Z', recordedIn: 'CaseRegistered' } as const;
const field = (name: string, value: string): ToldField => ({
  ...recorded,
  name,
  text: { state: 'VALUE', value },
});
const without = (name: string, state: 'EMPTY' | 'ERASED' | 'DENIED'): ToldField => ({
  ...recorded,
  name,
  text: { state, value: null },
});
const answer = (language: Language, fields: readonly ToldField[]) =>
  plainSubjectAccess(
    [
      { caseId: 'case-1', fields },
      { caseId: 'case-2', fields: [] },
    ],
    { organisation: 'Loket Fictief', facts, language, madeAt: '2021-04-01T10:00:00.000Z' },
  );
const textOfPdf = async (pdf: Buffer): Promise<string> =>
  (await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })).text;

/** Where an event holds personal texts, dotted. */
const placesIn = (value: unknown, path = ''): string[] =>
  value === secret
    ? [path]
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, inner]) =>
          placesIn(inner, path === '' ? name : `${path}.${name}`),
        )
      : [];

describe("a client's own data in words", () => {
  it('are the texts themselves, with what each is and in which step it was recorded', () => {
    expect(answer('nl', [field('client.name', 'Gijs Voorbeeld (fictief)')])).toMatchObject({
      title: 'Wat Loket Fictief over u heeft vastgelegd',
      cases: [
        {
          heading: 'Casus case-1',
          nothing: undefined,
          rows: [
            {
              what: 'Naam',
              text: 'Gijs Voorbeeld (fictief)',
              when: '1 februari 2021 om 10:30, bij de registratie',
            },
          ],
        },
        { heading: 'Casus case-2', nothing: 'In deze casus is niets over u vastgelegd.', rows: [] },
      ],
    });
  });

  it('say of an erased and of a denied text what became of it, and leave out what was never filled in', () => {
    const [one] = answer('en', [
      without('client.name', 'ERASED'),
      without('note', 'DENIED'),
      without('client.phone', 'EMPTY'),
    ]).cases;
    expect(one?.rows.map(({ what, text }) => [what, text])).toEqual([
      ['Name', 'Erased: this text was there, and nobody can read it any more.'],
      ['Note', 'This text is not disclosed.'],
    ]);
  });

  it('have a name in both languages for every personal text that a step records, and for the step', () => {
    const holding = events.flatMap((event) =>
      placesIn(event)
        .filter((path) => path !== 'client' && path !== 'dossier')
        .map((path) => ({ event, path })),
    );
    expect(holding.length).toBeGreaterThan(10);
    for (const { event, path } of holding)
      for (const language of languages) {
        expect(personalField(path)[language]).not.toBe(path);
        expect(stepWithText(event.type)[language]).not.toBe(event.type);
      }
  });

  it('are a page on which what somebody wrote is text, line by line, and none of it runs', () => {
    const html = subjectAccessAsHtml(answer('nl', [field('note', 'een\n<img src=x onerror=alert(1)>')]));
    expect(html).toContain('<html lang="nl">');
    expect(html).toContain('<td class="text" dir="auto">een\n&lt;img src=x onerror=alert(1)&gt;</td>');
    expect(html).not.toMatch(/<img|<script|https?:/);
    expect(html).toContain('<h2>Hoe lang uw gegevens worden bewaard</h2>');
    expect(html).toContain('<p>Casus case-1: tot 1 april 2023.</p>');
  });

  it('are a tagged PDF in their language that also writes names of elsewhere', async () => {
    const names = ['Gülşen Yıldız', 'Łukasz Żółć', 'Оксана', 'Ελένη'];
    for (const language of languages) {
      const pdf = await subjectAccessAsPdf(
        answer(
          language,
          names.map((name) => field('client.name', `${name} (fictief)`)),
        ),
      );
      const raw = pdf.toString('latin1');
      expect(raw).toContain(`/Lang (${language})`);
      expect(raw).toContain('/Marked true');
      const text = await textOfPdf(pdf);
      expect(text).toContain('Autoriteit Persoonsgegevens');
      for (const name of names) expect(text).toContain(`${name} (fictief)`);
      expect(text).toContain('case-2');
    }
  });
});
