import { registerEnumType } from '@nestjs/graphql';
import { roles } from '@spil/access';
import {
  caseOutcomes,
  caseSolutions,
  channels,
  consentForms,
  contactAttemptResults,
  conversationResults,
  conversationSides,
  correctionReasons,
  declineReasons,
  emergencyVerdicts,
  erasureGrounds,
  erasureObjections,
  erasureRefusalGrounds,
  flagKinds,
  identityChecks,
  latAnswers,
  legalAreas,
  lifeDomains,
  opposingPartyKinds,
  organisationKinds,
  questionKinds,
  refusalCodes,
  registrationKinds,
  selfRelianceOutcomes,
  signaleringRelevances,
  signaleringThemes,
  toevoegingKinds,
  toevoegingRefusalGrounds,
  withoutDeskChoices,
} from '@spil/domain';

/** A GraphQL enum of a list of words of the domain; use it as `@Field(() => XEnum)`, with the domain's own type beside it. */
export function enumOf<Word extends string>(
  words: readonly Word[],
  name: string,
  description: string,
): { readonly [W in Word]: W } {
  const object = Object.fromEntries(words.map((word) => [word, word])) as { readonly [W in Word]: W };
  registerEnumType(object, { name, description });
  return object;
}

export const RoleEnum = enumOf(roles, 'Role', 'In which capacity someone uses Spil.');
export const OrganisationKindEnum = enumOf(
  organisationKinds,
  'OrganisationKind',
  'The kinds of organisation a person with a legal problem meets (R 1.2).',
);
export const LegalAreaEnum = enumOf(
  legalAreas,
  'LegalArea',
  'Rechtsgebied: the pilot classification with the helpline split of social provisions (R 1.2, P 7).',
);
export const ChannelEnum = enumOf(channels, 'Channel', 'How the client, or a colleague, was met.');
export const LifeDomainEnum = enumOf(lifeDomains, 'LifeDomain', 'Parts of life that the problem touches.');
export const OpposingPartyKindEnum = enumOf(
  opposingPartyKinds,
  'OpposingPartyKind',
  'Who stands on the other side, coded; the name is personal data.',
);
export const RegistrationKindEnum = enumOf(
  registrationKinds,
  'RegistrationKind',
  'Why a case was opened (R 1.2, R 1.5, R 2.3.2).',
);
export const SignaleringRelevanceEnum = enumOf(
  signaleringRelevances,
  'SignaleringRelevance',
  'Is the registration relevant for the signaleringsoverleg? Not answered is not no (R table 2.3).',
);
export const ConversationSideEnum = enumOf(
  conversationSides,
  'ConversationSide',
  'The two sides of a piket conversation; each records its own account.',
);
export const SelfRelianceOutcomeEnum = enumOf(
  selfRelianceOutcomes,
  'SelfRelianceOutcome',
  'Zelfredzaamheid: how far the client can act alone.',
);
export const QuestionKindEnum = enumOf(
  questionKinds,
  'QuestionKind',
  'What is asked of the desk, coded (R 1.2).',
);
export const WithoutDeskChoiceEnum = enumOf(
  withoutDeskChoices,
  'WithoutDeskChoice',
  'What the asker would do without the desk, asked before the call (R 1.4).',
);
export const ContactAttemptResultEnum = enumOf(
  contactAttemptResults,
  'ContactAttemptResult',
  'How a try to reach the person on duty ended.',
);
export const ConversationResultEnum = enumOf(
  conversationResults,
  'ConversationResult',
  'What came of a piket conversation, in one account.',
);
export const LatAnswerEnum = enumOf(
  latAnswers,
  'LatAnswer',
  'Would a LAT have been requested without the desk? Not answered is not no (R 2.4).',
);
export const ToevoegingKindEnum = enumOf(
  toevoegingKinds,
  'ToevoegingKind',
  'Kind of legal aid certificate: light advice, regular, or self-reliance advice (since 1 July 2021).',
);
export const ToevoegingRefusalGroundEnum = enumOf(
  toevoegingRefusalGrounds,
  'ToevoegingRefusalGround',
  'Why a toevoeging was refused (P 11).',
);
export const DeclineReasonEnum = enumOf(
  declineReasons,
  'DeclineReason',
  'Why a receiver declined a referral or a handover.',
);
export const FlagKindEnum = enumOf(
  flagKinds,
  'FlagKind',
  'Knelpunt in het stelsel, knelpunt in de samenwerking, or what goes well.',
);
export const SignaleringThemeEnum = enumOf(
  signaleringThemes,
  'SignaleringTheme',
  'Coded themes of a flag, so that a flag carries no personal data (P 11).',
);
export const ConsentFormEnum = enumOf(
  consentForms,
  'ConsentForm',
  'How the client consented to a handover (P 5).',
);
export const CaseOutcomeEnum = enumOf(caseOutcomes, 'CaseOutcome', 'How a case ended.');
export const CaseSolutionEnum = enumOf(caseSolutions, 'CaseSolution', 'By what means a case was solved.');
export const EmergencyVerdictEnum = enumOf(
  emergencyVerdicts,
  'EmergencyVerdict',
  'What a reviewer found of emergency access.',
);
export const CorrectionReasonEnum = enumOf(
  correctionReasons,
  'CorrectionReason',
  'Why a recorded fact was corrected.',
);
export const ErasureGroundEnum = enumOf(
  erasureGrounds,
  'ErasureGround',
  'Why data are to be erased: the client asked (AVG art. 17), or the time for which they are kept is over (art. 5(1)(e)).',
);
export const IdentityCheckEnum = enumOf(
  identityChecks,
  'IdentityCheck',
  'How it was made sure that the client, or someone who may speak for the client, asked (AVG art. 12(6)).',
);
export const ErasureRefusalGroundEnum = enumOf(
  erasureRefusalGrounds,
  'ErasureRefusalGround',
  'What stands against erasing for good (AVG art. 12(5), 12(6), 17(3)).',
);
export const ErasureObjectionEnum = enumOf(
  erasureObjections,
  'ErasureObjection',
  'What stands against erasing a case for now: it is still worked on, or its data must be kept for some time yet.',
);
export const ErasurePostponementGroundEnum = enumOf(
  [...erasureRefusalGrounds, ...erasureObjections],
  'ErasurePostponementGround',
  'Why a request to erase waits.',
);
export const RefusalCodeEnum = enumOf(
  refusalCodes,
  'RefusalCode',
  'Why the domain refused a command; nothing was appended. The text for people hangs on the code.',
);
