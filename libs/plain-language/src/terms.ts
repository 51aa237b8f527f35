import type {
  CaseOutcome,
  CaseSolution,
  ConsentForm,
  ContactAttemptResult,
  ConversationResult,
  ConversationSide,
  CorrectionReason,
  DeclineReason,
  EmergencyVerdict,
  FlagKind,
  LegalArea,
  Mandate,
  OrganisationKind,
  RegistrationKind,
  SelfRelianceOutcome,
  ToevoegingKind,
  ToevoegingRefusalGround,
} from '@spil/domain';
import { text, type Text } from './text.js';

/** Every word of a list, as people say it in the middle of a sentence. */
type Terms<Word extends string> = Readonly<Record<Word, Text>>;

export const organisationKind: Terms<OrganisationKind | 'UNKNOWN'> = {
  JURIDISCH_LOKET: text('het Juridisch Loket', 'the Juridisch Loket'),
  SOCIAAL_RAADSLIEDEN: text('sociaal raadslieden', 'sociaal raadslieden'),
  ADVOCATUUR: text('de sociale advocatuur', 'social lawyers'),
  MEDIATION: text('een mediator', 'a mediator'),
  OTHER: text('een andere organisatie', 'another organisation'),
  UNKNOWN: text('een onbekende organisatie', 'an unknown organisation'),
};

export const legalArea: Terms<LegalArea> = {
  VREEMDELINGENRECHT: text('vreemdelingenrecht', 'immigration law'),
  ARBEIDSRECHT: text('arbeidsrecht', 'employment law'),
  SOCIALEZEKERHEIDSRECHT: text('socialezekerheidsrecht', 'social security law'),
  SOCIALE_VOORZIENINGENRECHT: text('sociale voorzieningenrecht', 'law of social provisions'),
  HUURRECHT: text('huurrecht', 'tenancy law'),
  VERBINTENISSENRECHT: text('verbintenissenrecht', 'law of obligations'),
  CONSUMENTENRECHT: text('consumentenrecht', 'consumer law'),
  ANDERS: text('een ander rechtsgebied', 'another area of law'),
};

export const registrationKind: Terms<RegistrationKind> = {
  FIRST_LINE_CONVERSATION_SOUGHT: text('eerste lijn, zoekt een gesprek', 'first line, seeks a conversation'),
  FIRST_LINE_SIGNALERING_ONLY: text('eerste lijn, alleen signalering', 'first line, for signalering only'),
  SECOND_LINE_RESPONSE_WITHOUT_CODE: text(
    'tweede lijn, reactie op een gesprek zonder code',
    'second line, response to a conversation without a code',
  ),
  SECOND_LINE_OWN_SIGNALERING: text(
    'tweede lijn, eigen registratie voor signalering',
    'second line, own registration for signalering',
  ),
  SECOND_LINE_CLIENT_CAME_DIRECTLY: text(
    'tweede lijn, de rechtzoekende kwam rechtstreeks',
    'second line, the client came directly',
  ),
  SECOND_LINE_ASKS_FIRST_LINE: text('tweede lijn vraagt de eerste lijn', 'second line asks the first line'),
};

export const side: Terms<ConversationSide> = {
  ASKING: text('de vragende kant', 'the asking side'),
  CONSULTED: text('de geraadpleegde kant', 'the consulted side'),
};

export const selfReliance: Terms<SelfRelianceOutcome> = {
  SELF_RELIANT: text('zelfredzaam', 'self-reliant'),
  PARTLY: text('deels zelfredzaam', 'partly self-reliant'),
  NOT_SELF_RELIANT: text('niet zelfredzaam', 'not self-reliant'),
};

export const attemptResult: Terms<ContactAttemptResult> = {
  NO_ANSWER: text('geen gehoor', 'no answer'),
  VOICEMAIL: text('voicemail', 'voicemail'),
  BUSY: text('in gesprek', 'busy'),
  CALL_BACK_AGREED: text('er wordt teruggebeld', 'a call back was agreed'),
};

export const conversationResult: Terms<ConversationResult> = {
  ADVICE_GIVEN: text('er is advies gegeven', 'advice was given'),
  OWN_ADVICE_CONFIRMED: text('het eigen advies is bevestigd', 'the own advice was confirmed'),
  REFERRAL_ADVISED: text('doorverwijzen is geadviseerd', 'a referral was advised'),
  BACK_REFERRAL_ADVISED: text('terugverwijzen is geadviseerd', 'referring back was advised'),
  TO_BE_CONTINUED: text('het gesprek krijgt een vervolg', 'the conversation will be continued'),
  NO_RESULT: text('zonder resultaat', 'without result'),
};

export const toevoegingKind: Terms<ToevoegingKind> = {
  LAT: text('lichte adviestoevoeging', 'certificate for light advice'),
  REGULAR: text('reguliere toevoeging', 'regular certificate'),
  ATZ: text('adviestoevoeging zelfredzaamheid', 'certificate for self-reliance advice'),
};

export const toevoegingGround: Terms<ToevoegingRefusalGround> = {
  ZELFREDZAAMHEIDSCRITERIUM: text('het zelfredzaamheidscriterium', 'the criterion of self-reliance'),
  MEANS: text('inkomen of vermogen', 'income or means'),
  INTEREST_TOO_SMALL: text('een te klein belang', 'an interest that is too small'),
  NO_MERIT: text('onvoldoende kans van slagen', 'too little chance of success'),
  OTHER_PROVISION_AVAILABLE: text('een andere voorziening', 'another provision that is available'),
  OTHER: text('een andere grond', 'another ground'),
};

export const declineReason: Terms<DeclineReason> = {
  NO_CAPACITY: text('geen ruimte', 'no capacity'),
  CONFLICT_OF_INTEREST: text('tegenstrijdig belang', 'conflict of interest'),
  NO_EXPERTISE: text('niet het juiste vakgebied', 'not the right expertise'),
  NOT_ELIGIBLE: text('komt niet in aanmerking', 'not eligible'),
  CLIENT_UNREACHABLE: text('de rechtzoekende is niet bereikbaar', 'the client cannot be reached'),
  OTHER: text('een andere reden', 'another reason'),
};

export const flagKind: Terms<FlagKind> = {
  BOTTLENECK_IN_SYSTEM: text('een knelpunt in het stelsel', 'a bottleneck in the system'),
  BOTTLENECK_IN_COLLABORATION: text('een knelpunt in de samenwerking', 'a bottleneck in the collaboration'),
  GOES_WELL: text('iets wat goed gaat', 'something that goes well'),
};

export const consentForm: Terms<ConsentForm> = {
  ORAL: text('mondeling', 'orally'),
  WRITTEN: text('schriftelijk', 'in writing'),
  DIGITAL: text('digitaal', 'digitally'),
};

export const outcome: Terms<CaseOutcome> = {
  SOLVED: text('opgelost', 'solved'),
  PARTLY_SOLVED: text('deels opgelost', 'partly solved'),
  NOT_SOLVED: text('niet opgelost', 'not solved'),
  CLIENT_WITHDREW: text('de rechtzoekende trok zich terug', 'the client withdrew'),
  CLIENT_OUT_OF_SIGHT: text('de rechtzoekende is uit beeld', 'the client is out of sight'),
  HANDED_OVER: text('overgedragen', 'handed over'),
  REGISTERED_IN_ERROR: text('ten onrechte geregistreerd', 'registered in error'),
};

export const solution: Terms<CaseSolution> = {
  INFORMATION: text('informatie', 'information'),
  ADVICE: text('advies', 'advice'),
  LETTER: text('een brief', 'a letter'),
  NEGOTIATION: text('onderhandeling', 'negotiation'),
  PROCEDURE: text('een procedure', 'a procedure'),
  REFERRED: text('doorverwijzing', 'a referral'),
  OTHER_HELP: text('andere hulp', 'other help'),
  NONE: text('geen oplossing', 'no solution'),
};

export const correctionReason: Terms<CorrectionReason> = {
  TYPING_MISTAKE: text('een typefout', 'a typing mistake'),
  MISUNDERSTOOD: text('een misverstand', 'a misunderstanding'),
  NEW_INFORMATION: text('nieuwe informatie', 'new information'),
  WRONG_CASE: text('de verkeerde casus', 'the wrong case'),
  DOUBLE_ENTRY: text('dubbele invoer', 'a double entry'),
};

export const mandate: Terms<Mandate> = {
  CASEWORK: text('hulpverlening', 'casework'),
  IMPORT: text('import', 'import'),
  ADMINISTRATION: text('beheer', 'administration'),
  DATA_PROTECTION: text('gegevensbescherming', 'data protection'),
  PROCESS: text('automatisch proces', 'automatic process'),
};

export const emergencyVerdict: Terms<EmergencyVerdict> = {
  JUSTIFIED: text('terecht', 'justified'),
  NOT_JUSTIFIED: text('niet terecht', 'not justified'),
};
