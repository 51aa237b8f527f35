import type { CaseEvent } from '@spil/domain';
import { text, type Text } from './text.js';

/** What personal fields hold, by their path in the event; of a client and a dossier part by part. */
const fields: Readonly<Record<string, Text>> = {
  'client.name': text('Naam', 'Name'),
  'client.phone': text('Telefoon', 'Phone'),
  'client.email': text('E-mail', 'E-mail'),
  'client.address': text('Adres', 'Address'),
  'client.safeContact': text('Veilig contact', 'Safe contact'),
  'client.interpreterLanguage': text('Taal van de tolk', 'Language of the interpreter'),
  'facts.clientQuestion': text('Uw vraag', 'Your question'),
  'facts.professionalQuestion': text('Vraag van de hulpverlener', "The professional's question"),
  'facts.opposingPartyName': text('Naam van de wederpartij', 'Name of the opposing party'),
  indicators: text('Kenmerken van zelfredzaamheid', 'Indicators of self-reliance'),
  note: text('Notitie', 'Note'),
  'account.advice': text('Advies', 'Advice'),
  'account.motivation': text('Toelichting bij de beoordeling', 'Explanation of the rating'),
  coldReason: text('Reden van een koude verwijzing', 'Reason for a cold referral'),
  explanation: text('Toelichting', 'Explanation'),
  'dossier.caseSketch': text('Schets van de zaak', 'Sketch of the case'),
  'dossier.adviceSoFar': text('Advies tot nu toe', 'Advice so far'),
  'dossier.documents': text('Stukken', 'Documents'),
  'dossier.senderContact': text('Contact bij de afzender', 'Contact at the sender'),
  reason: text('Reden', 'Reason'),
};

/** The steps that record personal texts, as the end of a sentence. */
const steps: Readonly<Partial<Record<CaseEvent['type'], Text>>> = {
  CaseRegistered: text('bij de registratie', 'with the registration'),
  CounterpartRegistered: text(
    'bij de registratie van de andere kant',
    'with the registration of the other side',
  ),
  SelfRelianceAssessed: text(
    'bij de beoordeling van zelfredzaamheid',
    'with the assessment of self-reliance',
  ),
  PiketConversationRecorded: text('bij een gesprek', 'with a conversation'),
  CaseReferred: text('bij een verwijzing', 'with a referral'),
  ReferralDeclined: text('bij het afwijzen van een verwijzing', 'when a referral was declined'),
  HandoverPrepared: text('bij het voorbereiden van een overdracht', 'when a handover was prepared'),
  HandoverDeclined: text('bij het afwijzen van een overdracht', 'when a handover was declined'),
  FlaggedForSignalering: text('bij een signaal', 'with a flag for signalering'),
  RegistrationCorrected: text(
    'bij een verbetering van de registratie',
    'when the registration was corrected',
  ),
  ConversationCorrected: text('bij een verbetering van een gesprek', 'when a conversation was corrected'),
  EmergencyAccessTaken: text('bij noodtoegang', 'with emergency access'),
  EmergencyAccessReviewed: text('bij de beoordeling van noodtoegang', 'when emergency access was reviewed'),
};

export const personalCategories = [
  'CLIENT',
  'QUESTION',
  'OPPOSING_PARTY',
  'SELF_RELIANCE',
  'NOTES',
  'DOSSIER',
] as const;
/** What sort of personal data a field holds (AVG art. 15(1)(b)). */
export type PersonalCategory = (typeof personalCategories)[number];

/** Everything else that people write is a note. */
const categories: Readonly<Record<string, PersonalCategory>> = {
  client: 'CLIENT',
  'facts.clientQuestion': 'QUESTION',
  'facts.professionalQuestion': 'QUESTION',
  'facts.opposingPartyName': 'OPPOSING_PARTY',
  indicators: 'SELF_RELIANCE',
  dossier: 'DOSSIER',
};

/** The category of a sealed field, by its path in the event. */
export const categoryOf = (path: string): PersonalCategory =>
  (Object.hasOwn(categories, path) ? categories[path] : undefined) ?? 'NOTES';

/** What a personal field holds; the name itself for one that is not known here. */
export const personalField = (name: string): Text =>
  (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? text(name, name);

/** In which step a personal text was recorded; the name of the step for one that is not known here. */
export const stepWithText = (type: CaseEvent['type']): Text => steps[type] ?? text(type, type);
