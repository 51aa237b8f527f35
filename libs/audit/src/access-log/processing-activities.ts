import type { Purpose } from '@spil/access';

/**
 * The register of processing activities (AVG art. 30) as far as people see personal data through Spil: what a row of the access log
 * refers to. docs/privacy/processing-activities.md describes each; a test keeps the two equal.
 */
export const processingActivities = [
  'casework',
  'emergency-access',
  'subject-access',
  'data-protection',
  'audit',
  'signalering',
  'administration',
  'directory',
] as const;
export type ProcessingActivity = (typeof processingActivities)[number];

const ofClients: Readonly<Record<Purpose, ProcessingActivity>> = {
  CASEWORK: 'casework',
  EMERGENCY: 'emergency-access',
  SUBJECT_ACCESS: 'subject-access',
  DATA_PROTECTION: 'data-protection',
  AUDIT: 'audit',
  SIGNALERING: 'signalering',
  ADMINISTRATION: 'administration',
};

/** Whose personal data: a client's or a professional's. */
export type DataSubjectKind = 'CLIENT' | 'PROFESSIONAL';

/** Under which activity personal data are shown. Names and numbers of professionals are there for all who work with them. */
export const activityFor = (purpose: Purpose, subject: DataSubjectKind): ProcessingActivity =>
  subject === 'PROFESSIONAL' ? 'directory' : ofClients[purpose];
