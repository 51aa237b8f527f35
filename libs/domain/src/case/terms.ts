/** Pilot classification of legal areas, with the helpline's split of `SOCIALE_VOORZIENINGENRECHT` (R 1.2, P 7). */
export const legalAreas = [
  'VREEMDELINGENRECHT',
  'ARBEIDSRECHT',
  'SOCIALEZEKERHEIDSRECHT',
  'SOCIALE_VOORZIENINGENRECHT',
  'HUURRECHT',
  'VERBINTENISSENRECHT',
  'CONSUMENTENRECHT',
  'ANDERS',
] as const;
export type LegalArea = (typeof legalAreas)[number];

export const channels = ['PHONE', 'EMAIL', 'WALK_IN', 'APPOINTMENT'] as const;
/** How the client, or a colleague, was met. */
export type Channel = (typeof channels)[number];

export const lifeDomains = [
  'INCOME',
  'DEBT',
  'HOUSING',
  'WORK',
  'FAMILY',
  'HEALTH',
  'RESIDENCE',
  'ADMINISTRATION',
  'OTHER',
] as const;
export type LifeDomain = (typeof lifeDomains)[number];

export const opposingPartyKinds = [
  'LANDLORD',
  'EMPLOYER',
  'MUNICIPALITY',
  'UWV',
  'SVB',
  'IND',
  'TAX_AUTHORITY',
  'COMPANY',
  'PRIVATE_PERSON',
  'OTHER',
] as const;
/** Who stands on the other side, coded; the name is sealed. */
export type OpposingPartyKind = (typeof opposingPartyKinds)[number];

export const registrationKinds = [
  'FIRST_LINE_CONVERSATION_SOUGHT',
  'FIRST_LINE_SIGNALERING_ONLY',
  'SECOND_LINE_RESPONSE_WITHOUT_CODE',
  'SECOND_LINE_OWN_SIGNALERING',
  'SECOND_LINE_CLIENT_CAME_DIRECTLY',
  'SECOND_LINE_ASKS_FIRST_LINE',
] as const;
/** Why a case was opened (R 1.2, R 1.5, R 2.3.2). */
export type RegistrationKind = (typeof registrationKinds)[number];

export const signaleringRelevances = ['YES', 'NO', 'NOT_ANSWERED', 'NOT_ASKED'] as const;
/** Is this registration relevant for the signaleringsoverleg? Not answered is not `NO` (R table 2.3). */
export type SignaleringRelevance = (typeof signaleringRelevances)[number];

export const conversationSides = ['ASKING', 'CONSULTED'] as const;
/** The two sides of a piket conversation; each records its own account. */
export type ConversationSide = (typeof conversationSides)[number];

export const selfRelianceOutcomes = ['SELF_RELIANT', 'PARTLY', 'NOT_SELF_RELIANT'] as const;
export type SelfRelianceOutcome = (typeof selfRelianceOutcomes)[number];

export const questionKinds = [
  'LEGAL_CHECK',
  'DIAGNOSIS',
  'TOEVOEGING_ELIGIBILITY',
  'REFERRAL',
  'BACK_REFERRAL',
  'OTHER_HELP',
  'OTHER',
] as const;
/** What is asked of the desk, coded (R 1.2). */
export type QuestionKind = (typeof questionKinds)[number];

export const withoutDeskChoices = [
  'SOLVE_MYSELF',
  'ASK_OWN_COLLEAGUE',
  'CALL_KNOWN_CONTACT',
  'REFER_COLD',
  'REQUEST_LAT',
  'CLIENT_ON_THEIR_OWN',
  'OTHER',
] as const;
/** What the asker would do without the desk, asked before the call (R 1.4). */
export type WithoutDeskChoice = (typeof withoutDeskChoices)[number];

export const contactAttemptResults = ['NO_ANSWER', 'VOICEMAIL', 'BUSY', 'CALL_BACK_AGREED'] as const;
export type ContactAttemptResult = (typeof contactAttemptResults)[number];

export const conversationResults = [
  'ADVICE_GIVEN',
  'OWN_ADVICE_CONFIRMED',
  'REFERRAL_ADVISED',
  'BACK_REFERRAL_ADVISED',
  'TO_BE_CONTINUED',
  'NO_RESULT',
] as const;
export type ConversationResult = (typeof conversationResults)[number];

export const latAnswers = ['YES', 'NO', 'NOT_ANSWERED'] as const;
/** Would a LAT have been requested without the desk? Asked of the asking side only; not answered is not `NO` (R 2.4). */
export type LatAnswer = (typeof latAnswers)[number];

export const toevoegingKinds = ['LAT', 'REGULAR', 'ATZ'] as const;
/** Kind of legal aid certificate; `ATZ` exists since 1 July 2021 (P, terms). */
export type ToevoegingKind = (typeof toevoegingKinds)[number];

export const toevoegingRefusalGrounds = [
  'ZELFREDZAAMHEIDSCRITERIUM',
  'MEANS',
  'INTEREST_TOO_SMALL',
  'NO_MERIT',
  'OTHER_PROVISION_AVAILABLE',
  'OTHER',
] as const;
export type ToevoegingRefusalGround = (typeof toevoegingRefusalGrounds)[number];

export const declineReasons = [
  'NO_CAPACITY',
  'CONFLICT_OF_INTEREST',
  'NO_EXPERTISE',
  'NOT_ELIGIBLE',
  'CLIENT_UNREACHABLE',
  'OTHER',
] as const;
export type DeclineReason = (typeof declineReasons)[number];

export const flagKinds = ['BOTTLENECK_IN_SYSTEM', 'BOTTLENECK_IN_COLLABORATION', 'GOES_WELL'] as const;
/** Knelpunt in het stelsel, knelpunt in de samenwerking, or what goes well. */
export type FlagKind = (typeof flagKinds)[number];

export const signaleringThemes = [
  'IMMIGRATION_APPLICATION',
  'COMPLEX_SOCIAL_SECURITY_REVIEW',
  'CLEMENCY_PETITION',
  'TOESLAGEN',
  'BIJSTAND_APPLICATION',
  'HOMELESSNESS',
  'DEBT',
  'TENANCY',
  'DISMISSAL',
  'REACHABILITY',
  'TASK_DIVISION',
  'REFERRAL',
  'TOEVOEGING_POLICY',
  'OTHER',
] as const;
/** Themes are coded so that a flag can carry no personal data (rule 9; P 11). */
export type SignaleringTheme = (typeof signaleringThemes)[number];

export const consentForms = ['ORAL', 'WRITTEN', 'DIGITAL'] as const;
export type ConsentForm = (typeof consentForms)[number];

export const caseOutcomes = [
  'SOLVED',
  'PARTLY_SOLVED',
  'NOT_SOLVED',
  'CLIENT_WITHDREW',
  'CLIENT_OUT_OF_SIGHT',
  'HANDED_OVER',
  'REGISTERED_IN_ERROR',
] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

export const caseSolutions = [
  'INFORMATION',
  'ADVICE',
  'LETTER',
  'NEGOTIATION',
  'PROCEDURE',
  'REFERRED',
  'OTHER_HELP',
  'NONE',
] as const;
export type CaseSolution = (typeof caseSolutions)[number];

export const emergencyVerdicts = ['JUSTIFIED', 'NOT_JUSTIFIED'] as const;
/** What a reviewer found of emergency access. */
export type EmergencyVerdict = (typeof emergencyVerdicts)[number];

export const correctionReasons = [
  'TYPING_MISTAKE',
  'MISUNDERSTOOD',
  'NEW_INFORMATION',
  'WRONG_CASE',
  'DOUBLE_ENTRY',
] as const;
export type CorrectionReason = (typeof correctionReasons)[number];
