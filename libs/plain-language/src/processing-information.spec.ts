import {
  categoryOf,
  languages,
  personalCategories,
  processingInformation,
  type Language,
  type ProcessingFacts,
} from './index.js';

const facts: ProcessingFacts = {
  organisationKind: 'SOCIAAL_RAADSLIEDEN',
  categories: ['CLIENT', 'SELF_RELIANCE'],
  recipients: ['Advocaten Fictief', 'Loket Fictief'],
  sources: ['Loket Fictief'],
  term: { years: 2, duty: false },
  storage: [
    { caseId: 'case-1', state: 'OPEN', until: null },
    { caseId: 'case-2', state: 'ENDED', until: '2023-04-01' },
    { caseId: 'case-3', state: 'ERASED', until: null },
  ],
};
const told = (changes: Partial<ProcessingFacts> = {}, language: Language = 'nl') =>
  processingInformation({ ...facts, ...changes }, language);
const under = (heading: string, changes: Partial<ProcessingFacts> = {}, language: Language = 'nl'): string =>
  told(changes, language)
    .find((section) => section.heading === heading)
    ?.lines.join('\n') ?? '';

describe('what a client is told beside the data (AVG art. 15(1))', () => {
  it('has a section for each of (a) to (h), in both languages', () => {
    expect(told().map(({ heading }) => heading)).toEqual([
      'Waarvoor uw gegevens worden gebruikt, en op welke grondslag',
      'Welke soorten gegevens dat zijn',
      'Wie uw gegevens te zien kreeg',
      'Hoe lang uw gegevens worden bewaard',
      'Wat u kunt vragen',
      'Een klacht',
      'Waar de gegevens vandaan komen',
      'Automatische besluiten',
    ]);
    const [nl, en] = languages.map((language) => told({}, language));
    expect(en?.map(({ lines }) => lines.length)).toEqual(nl?.map(({ lines }) => lines.length));
    for (const { heading } of en ?? []) expect(nl?.map((section) => section.heading)).not.toContain(heading);
  });

  it('names the legal basis that the kind of organisation has', () => {
    const purposes = 'Waarvoor uw gegevens worden gebruikt, en op welke grondslag';
    expect(under(purposes)).toContain('art. 6 lid 1 onder e');
    expect(under(purposes, { organisationKind: 'ADVOCATUUR' })).toContain('art. 6 lid 1 onder b');
  });

  it('tells only the categories that are recorded, and always the coded facts', () => {
    const categories = 'Welke soorten gegevens dat zijn';
    expect(under(categories)).toMatch(/Wie u bent.*\nKenmerken.*\nGecodeerde gegevens/);
    expect(under(categories)).not.toContain('wederpartij.');
    for (const language of languages)
      expect(told({ categories: personalCategories }, language)[1]?.lines).toHaveLength(
        personalCategories.length + 1,
      );
  });

  it('names the organisations that were shown something, or says that there are none', () => {
    const recipients = 'Who was shown your data';
    expect(under(recipients, {}, 'en')).toContain('Advocaten Fictief; Loket Fictief');
    expect(under(recipients, { recipients: [] }, 'en')).toContain(
      'According to the access log, nobody outside this organisation',
    );
  });

  it('says for each case until when its data are kept', () => {
    expect(under('Hoe lang uw gegevens worden bewaard').split('\n').slice(1)).toEqual([
      'Casus case-1: er wordt nog aan gewerkt. De termijn begint als de casus is afgesloten.',
      'Casus case-2: tot 1 april 2023.',
      'Casus case-3: uw gegevens zijn gewist.',
    ]);
    expect(under('How long your data are kept', {}, 'en')).toContain('Case case-2: until 1 April 2023.');
  });

  it('says that a duty of retention stands against erasing', () => {
    expect(under('Wat u kunt vragen')).toContain('Wissen, zodra de zaak is afgesloten');
    const duty = { term: { years: 5, duty: true } };
    expect(under('Wat u kunt vragen', duty)).toContain(
      'moet uw gegevens tot het einde van de bewaartermijn houden',
    );
    expect(under('Hoe lang uw gegevens worden bewaard', duty)).toContain('5 jaar');
  });

  it('tells everybody that a case may be missing and whom to ask then, so that being told says nothing', () => {
    expect(under('Wat u kunt vragen')).toContain('Mist u een zaak?');
    expect(under('Wat u kunt vragen')).toContain('een andere privacyfunctionaris');
  });

  it('tells which rights there are, where to complain, and of which organisations data may come', () => {
    const rights = under('Wat u kunt vragen');
    for (const article of [16, 17, 18, 21]) expect(rights).toContain(`AVG art. ${article}`);
    expect(under('Een klacht')).toContain('Autoriteit Persoonsgegevens');
    expect(under('Waar de gegevens vandaan komen')).toContain('Loket Fictief');
    expect(under('Waar de gegevens vandaan komen', { sources: [] })).not.toContain('organisaties');
  });

  it.each([
    ['client', 'CLIENT'],
    ['facts.opposingPartyName', 'OPPOSING_PARTY'],
    ['account.advice', 'NOTES'],
    ['constructor', 'NOTES'],
  ])('counts %s among %s', (path, category) => {
    expect(categoryOf(path)).toBe(category);
  });
});
