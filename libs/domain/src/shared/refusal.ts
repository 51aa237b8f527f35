/** What a refusal may state: language-free facts, never personal data. */
export type RefusalFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/**
 * A business refusal: nothing was appended. The code is stable and language-free; texts for people hang on it elsewhere.
 */
export interface Refusal {
  readonly refused: true;
  readonly code: RefusalCode;
  /** The rule that refused, as the domain document numbers it, for example `rule 5` or `R 1.2`. */
  readonly rule?: string;
  /** The input field at fault, where one is. */
  readonly field?: string;
  /** What the person needs to know to do better. */
  readonly facts: RefusalFacts;
}

/** Builds a refusal. */
export const refuse = (
  code: RefusalCode,
  details: { rule?: string; field?: string; facts?: RefusalFacts } = {},
): Refusal => ({ refused: true, code, facts: {}, ...details });

/** Tells a refusal from events. */
export const isRefusal = (decision: unknown): decision is Refusal =>
  typeof decision === 'object' && decision !== null && 'refused' in decision;

/** Every reason for which Spil refuses a command. */
export const refusalCodes = [
  'CASE_NOT_FOUND',
  'CASE_ALREADY_REGISTERED',
  'CASE_CLOSED',
  'CASE_NOT_CLOSED',
  'CASE_LINKED_ELSEWHERE',
  'REGISTRATION_CODE_UNKNOWN',
  'REGISTRATION_CODE_TAKEN',
  'REGISTRATION_CODE_MALFORMED',
  'REGISTRATION_NOT_FOUND',
  'REGISTRATION_NOT_LINKABLE',
  'REGISTRATION_KIND_NOT_FOR_ORGANISATION',
  'SIDE_ALREADY_REGISTERED',
  'COORDINATOR_NOT_FIRST_LINE',
  'COORDINATOR_ALREADY_ASSIGNED',
  'NO_COORDINATOR',
  'PIKET_REQUEST_NOT_FOUND',
  'PIKET_REQUEST_NOT_OPEN',
  'PIKET_REQUEST_STAYS_LOCAL',
  'PIKET_REQUEST_ALREADY_AT_HELPLINE',
  'PIKET_REQUEST_TO_SELF',
  'PIKET_NO_LOCAL_DESK',
  'CONTACT_ALREADY_SUCCEEDED',
  'CONTACT_NOT_SUCCEEDED',
  'CONVERSATION_NOT_FOUND',
  'CONVERSATION_ALREADY_RECORDED',
  'CONVERSATION_NOT_RECORDED',
  'RATING_OUT_OF_RANGE',
  'LAT_QUESTION_ONLY_FOR_ASKING_SIDE',
  'NOT_A_PARTICIPANT',
  'REFERRAL_NOT_FOUND',
  'REFERRAL_NOT_OPEN',
  'REFERRAL_NOT_RECEIVER',
  'REFERRAL_FOLLOWS_HANDOVER',
  'REFERRAL_TO_CONSULTED_LAWYER_FORBIDDEN',
  'REFERRAL_COLD_NEEDS_REASON',
  'REFERRAL_TO_SELF',
  'TOEVOEGING_NOT_FOUND',
  'TOEVOEGING_NOT_OPEN',
  'TOEVOEGING_KIND_NOT_YET_IN_FORCE',
  'HANDOVER_NOT_FOUND',
  'HANDOVER_NOT_IN_STATE',
  'HANDOVER_NEEDS_PERSON',
  'HANDOVER_NEEDS_CONSENT',
  'HANDOVER_NEEDS_DOSSIER',
  'HANDOVER_NOT_RECEIVER',
  'HANDOVER_OPEN',
  'FLAG_NOT_FOUND',
  'FLAG_ALREADY_WITHDRAWN',
  'FACT_NOT_FOUND',
  'FACT_ALREADY_IN_ERROR',
  'FACT_HAS_ACCOUNTS',
  'CORRECTION_CHANGES_NOTHING',
  'CONFLICT_WALL_NOT_FOUND',
  'CONFLICT_WALL_AGAINST_OWNER',
  'CONFLICT_WALL_AGAINST_ONE',
  'PURPOSE_NOT_FOR_STEP',
  'EMERGENCY_PURPOSE_NOT_STATED',
  'EMERGENCY_ACCESS_TOO_LONG',
  'EMERGENCY_ACCESS_LASTS',
  'EMERGENCY_ACCESS_NOT_FOUND',
  'EMERGENCY_ACCESS_ALREADY_REVIEWED',
  'EMERGENCY_ACCESS_OWN_REVIEW',
  'OCCURRED_IN_FUTURE',
  'OCCURRED_BEFORE_STEP',
  'OCCURRED_TOO_LONG_AGO',
  'OCCURRED_UNREADABLE',
  'NOT_DUE_YET',
  'UNKNOWN_ONLY_FOR_IMPORT',
  'PROFESSIONAL_REQUIRED',
  'STALE_REVISION',
  'COMMAND_ID_REUSED',
  'ORGANISATION_NOT_FOUND',
  'ORGANISATION_ALREADY_REGISTERED',
  'PROFESSIONAL_NOT_FOUND',
  'PROFESSIONAL_ALREADY_REGISTERED',
  'PROFESSIONAL_NOT_ACTIVE',
  'PROFESSIONAL_NOT_LEFT',
  'PROFESSIONAL_ERASED',
  'LOCATION_NOT_FOUND',
  'LOCATION_ALREADY_REGISTERED',
  'POLICY_NOT_FORWARD',
  'NOT_ALLOWED',
  'CLIENT_NOT_FOUND',
  'CLIENT_DATA_ERASED',
  'NOTHING_HELD_IN_CASE',
  'ERASURE_NOT_FOUND',
  'ERASURE_ALREADY_DECIDED',
  'ERASURE_IDENTITY_NOT_CHECKED',
  'ERASURE_DATE_NOT_AHEAD',
  'ERASURE_NOT_YET',
  'RETENTION_TERM_OUT_OF_RANGE',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];
