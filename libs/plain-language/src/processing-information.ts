import type { Day, OrganisationKind, RetentionTerm } from '@spil/domain';
import { dayIn } from './moment.js';
import type { Section } from './page.js';
import type { PersonalCategory } from './personal-terms.js';
import { text, type Language, type Text } from './text.js';

/** How long the data of one case are kept. */
export interface Storage {
  readonly caseId: string;
  /** Work goes on; it ended, and `until` is the day from when on they need not be kept; or they are erased. */
  readonly state: 'OPEN' | 'ENDED' | 'ERASED';
  readonly until: Day | null;
}

/** What the data say of how they are processed; everything else that a person must be told is fixed text. */
export interface ProcessingFacts {
  readonly organisationKind: OrganisationKind;
  /** Of what is recorded and not erased. */
  readonly categories: readonly PersonalCategory[];
  /** Names of the other organisations to which something was shown. */
  readonly recipients: readonly string[];
  /** Names of the other organisations that recorded something in the same cases. */
  readonly sources: readonly string[];
  readonly term: RetentionTerm;
  readonly storage: readonly Storage[];
}

/** What a person is told beside the data (AVG art. 15(1)(a) to (h)), one section each. Changes here want a privacy officer's eye. */
export function processingInformation(facts: ProcessingFacts, language: Language): readonly Section[] {
  const sections: readonly (readonly [Text, readonly Text[]])[] = [
    [words.purposes, [words.help, basis(facts.organisationKind), words.learning, words.accounting]],
    [words.categories, [...facts.categories.map((category) => categoryTexts[category]), words.caseFacts]],
    [words.recipients, recipients(facts.recipients)],
    [words.storage, [term(facts.term), ...facts.storage.map(stored)]],
    [words.rights, rights(facts)],
    [words.complaint, [words.complain]],
    [words.source, [words.fromYou, ...(facts.sources.length > 0 ? [words.fromOthers(facts.sources)] : [])]],
    [words.decisions, [words.noDecisions]],
  ];
  return sections.map(([heading, lines]) => ({
    heading: heading[language],
    lines: lines.map((line) => line[language]),
  }));
}

const categoryTexts: Readonly<Record<PersonalCategory, Text>> = {
  CLIENT: text(
    'Wie u bent en hoe u veilig te bereiken bent: naam, telefoon, e-mail, adres, taal van de tolk.',
    'Who you are and how to reach you safely: name, phone, e-mail, address, language of the interpreter.',
  ),
  QUESTION: text(
    'Uw vraag, en de vraag die een hulpverlener daarover stelde.',
    'Your question, and what a professional asked about it.',
  ),
  OPPOSING_PARTY: text('De naam van de wederpartij.', 'The name of the opposing party.'),
  SELF_RELIANCE: text(
    'Kenmerken waaruit blijkt hoe ver u het zelf kunt regelen; daar kunnen gegevens over uw gezondheid bij zijn.',
    'Indicators of how far you can manage alone; these may include data about your health.',
  ),
  NOTES: text('Adviezen, notities en toelichtingen.', 'Advice, notes and explanations.'),
  DOSSIER: text(
    'Het overdrachtsdossier: schets van de zaak, advies tot nu toe, stukken, contact bij de afzender.',
    'The handover dossier: a sketch of the case, the advice so far, documents, contact at the sender.',
  ),
};

const words = {
  purposes: text(
    'Waarvoor uw gegevens worden gebruikt, en op welke grondslag',
    'What your data are used for, and on what legal basis',
  ),
  help: text(
    'Om u te helpen met uw juridische vraag: registreren, adviseren, doorverwijzen en overdragen aan een hulpverlener bij naam, zodat u uw verhaal niet opnieuw hoeft te doen.',
    'To help you with your legal question: registering, advising, referring, and handing over to a named professional, so that you need not tell your story again.',
  ),
  publicTask: text(
    'Grondslag: een taak van algemeen belang (AVG art. 6 lid 1 onder e).',
    'Legal basis: a task in the public interest (GDPR art. 6(1)(e)).',
  ),
  contract: text(
    'Grondslag: de overeenkomst met u (AVG art. 6 lid 1 onder b).',
    'Legal basis: the contract with you (GDPR art. 6(1)(b)).',
  ),
  learning: text(
    'Om te zien wat er in veel zaken misgaat. Dat gebeurt met tellingen waarin niemand te herkennen is.',
    'To see what goes wrong in many cases. That is done with counts in which nobody can be recognised.',
  ),
  accounting: text(
    'Om te kunnen verantwoorden wie uw gegevens zag en wat ermee gebeurde (AVG art. 5 lid 2).',
    'To be able to account for who saw your data and what was done with them (GDPR art. 5(2)).',
  ),
  categories: text('Welke soorten gegevens dat zijn', 'Which categories of data these are'),
  caseFacts: text(
    'Gecodeerde gegevens over de zaak: rechtsgebied, leefgebieden, gemeente, soort wederpartij, of u voldoende zelfredzaam bent, en welke stap wanneer door wie is gezet. Die blijven na wissen staan, zonder wie u bent.',
    'Coded facts about the case: area of law, life domains, municipality, kind of opposing party, whether you can manage alone, and which step was taken when and by whom. These remain after erasure, without who you are.',
  ),
  recipients: text('Wie uw gegevens te zien kreeg', 'Who was shown your data'),
  nobody: text(
    'Volgens het inzagelogboek kreeg niemand buiten deze organisatie persoonsgegevens uit deze zaken te zien.',
    'According to the access log, nobody outside this organisation was shown personal data from these cases.',
  ),
  shownTo: (names: readonly string[]) =>
    text(
      `Volgens het inzagelogboek kregen ook hulpverleners van deze organisaties persoonsgegevens uit deze zaken te zien: ${names.join('; ')}.`,
      `According to the access log, professionals of these organisations were also shown personal data from these cases: ${names.join('; ')}.`,
    ),
  notAbroad: text(
    'Spil geeft niets door aan landen buiten de Europese Economische Ruimte. Wie wanneer wat zag, kunt u deze organisatie vragen.',
    'Spil passes nothing on to countries outside the European Economic Area. Who saw what and when, you can ask this organisation.',
  ),
  storage: text('Hoe lang uw gegevens worden bewaard', 'How long your data are kept'),
  open: (caseId: string) =>
    text(
      `Casus ${caseId}: er wordt nog aan gewerkt. De termijn begint als de casus is afgesloten.`,
      `Case ${caseId}: work on it goes on. The term begins when the case is closed.`,
    ),
  until: (caseId: string, nl: string, en: string) =>
    text(`Casus ${caseId}: tot ${nl}.`, `Case ${caseId}: until ${en}.`),
  gone: (caseId: string) =>
    text(`Casus ${caseId}: uw gegevens zijn gewist.`, `Case ${caseId}: your data were erased.`),
  rights: text('Wat u kunt vragen', 'What you can ask for'),
  rectify: text(
    'Verbetering of aanvulling, als iets niet klopt (AVG art. 16). Wat er eerst stond blijft als geschiedenis bewaard.',
    'Rectification or completion, if something is wrong (GDPR art. 16). What was there first is kept as history.',
  ),
  erase: ({ duty }: RetentionTerm) =>
    duty
      ? text(
          'Wissen (AVG art. 17). Deze organisatie moet uw gegevens tot het einde van de bewaartermijn houden; daarna kan het.',
          'Erasure (GDPR art. 17). This organisation must keep your data until the term ends; after that it can be done.',
        )
      : text(
          'Wissen, zodra de zaak is afgesloten (AVG art. 17).',
          'Erasure, once the case is closed (GDPR art. 17).',
        ),
  restrict: text(
    'Beperking: dat uw gegevens een tijd niet worden gebruikt, bijvoorbeeld terwijl wordt nagegaan of ze kloppen (AVG art. 18).',
    'Restriction: that your data are not used for some time, for example while it is checked whether they are right (GDPR art. 18).',
  ),
  object: text(
    'U kunt bezwaar maken tegen het gebruik van uw gegevens, om redenen die met uw situatie te maken hebben (AVG art. 21).',
    'You can object to the use of your data, on grounds relating to your situation (GDPR art. 21).',
  ),
  objectBeyondContract: text(
    'U kunt bezwaar maken tegen gebruik van uw gegevens dat voor de overeenkomst met u niet nodig is (AVG art. 21).',
    'You can object to any use of your data that the contract with you does not need (GDPR art. 21).',
  ),
  howToAsk: text(
    'Vraag het deze organisatie. U krijgt binnen een maand antwoord, en het kost niets (AVG art. 12).',
    'Ask this organisation. You will be answered within a month, and it costs nothing (GDPR art. 12).',
  ),
  missing: text(
    'Mist u een zaak? Wie deze gegevens verzamelde ziet geen zaken waarin hij, zij of deze organisatie voor een andere partij optreedt, en ook niet dat ze er zijn. Vraag dan of een andere privacyfunctionaris van deze organisatie kijkt.',
    'Is a case missing? Whoever collected these data does not see cases in which he, she or this organisation acts for another party, nor that they are there. Then ask for another privacy officer of this organisation to look.',
  ),
  complaint: text('Een klacht', 'A complaint'),
  complain: text(
    'Vindt u dat er niet goed met uw gegevens wordt omgegaan, dan kunt u een klacht indienen bij de Autoriteit Persoonsgegevens (autoriteitpersoonsgegevens.nl).',
    'If you think that your data are not handled well, you can lodge a complaint with the Autoriteit Persoonsgegevens, the Dutch data protection authority (autoriteitpersoonsgegevens.nl).',
  ),
  source: text('Waar de gegevens vandaan komen', 'Where the data come from'),
  fromYou: text(
    'Van u, of van iemand die namens u sprak, en van de hulpverleners van deze organisatie, die vastlegden wat zij adviseerden en deden.',
    'From you, or from somebody who spoke for you, and from the professionals of this organisation, who recorded what they advised and did.',
  ),
  fromOthers: (names: readonly string[]) =>
    text(
      `Aan dezelfde zaken werkten ook deze organisaties, van wie gegevens kunnen zijn overgenomen: ${names.join('; ')}.`,
      `These organisations worked on the same cases too, and data may have been taken over from them: ${names.join('; ')}.`,
    ),
  decisions: text('Automatische besluiten', 'Automated decisions'),
  noDecisions: text(
    'Er worden over u geen besluiten genomen door een computer alleen, en er worden geen profielen van u gemaakt (AVG art. 22).',
    'No decisions about you are made by a computer alone, and no profiles are made of you (GDPR art. 22).',
  ),
} as const;

/** Lawyers and mediators work for their client; the others have a public task (docs/privacy/processing-activities.md). */
const underContract = (kind: OrganisationKind): boolean => kind === 'ADVOCATUUR' || kind === 'MEDIATION';

const basis = (kind: OrganisationKind): Text => (underContract(kind) ? words.contract : words.publicTask);

const rights = ({ term: kept, organisationKind }: ProcessingFacts): readonly Text[] => [
  words.rectify,
  words.erase(kept),
  words.restrict,
  underContract(organisationKind) ? words.objectBeyondContract : words.object,
  words.howToAsk,
  // Said to everybody: where it were said only when a case is missing, it would tell of that case.
  words.missing,
];

const recipients = (names: readonly string[]): readonly Text[] => [
  names.length === 0 ? words.nobody : words.shownTo(names),
  words.notAbroad,
];

const term = ({ years, duty }: RetentionTerm): Text =>
  text(
    `Deze organisatie bewaart persoonsgegevens ${years} jaar na het einde van het werk aan een zaak${duty ? ', omdat de wet of haar beroepsregels dat eisen' : ''}. Daarna worden ze gewist zodra een privacyfunctionaris dat bevestigt.`,
    `This organisation keeps personal data for ${years} ${years === 1 ? 'year' : 'years'} after the work on a case ended${duty ? ', because law or its professional rules demand so' : ''}. After that they are erased once a privacy officer confirms it.`,
  );

const stored = ({ caseId, state, until }: Storage): Text => {
  if (state === 'ERASED') return words.gone(caseId);
  return until === null ? words.open(caseId) : words.until(caseId, dayIn('nl')(until), dayIn('en')(until));
};
