import type { Role } from './principal.js';

export const purposes = [
  'CASEWORK',
  'EMERGENCY',
  'DATA_PROTECTION',
  'SUBJECT_ACCESS',
  'AUDIT',
  'SIGNALERING',
  'ADMINISTRATION',
] as const;
/**
 * What someone wants personal data for (AVG art. 5(1)(b)). `EMERGENCY`: access outside one's own cases, for a stated reason and a
 * short time. `DATA_PROTECTION`: review of access, legal checks, erasure. `SUBJECT_ACCESS`: a client asks for what is held (AVG art. 15, 20).
 */
export type Purpose = (typeof purposes)[number];

const purposesOf: Readonly<Record<Role, readonly [Purpose, ...Purpose[]]>> = {
  PROFESSIONAL: ['CASEWORK', 'EMERGENCY', 'SUBJECT_ACCESS'],
  COORDINATOR: ['CASEWORK', 'EMERGENCY', 'SUBJECT_ACCESS'],
  PRIVACY_OFFICER: ['DATA_PROTECTION', 'SUBJECT_ACCESS'],
  BOARD: ['SIGNALERING'],
  AUDITOR: ['AUDIT'],
  ADMIN: ['ADMINISTRATION'],
};

/** The purpose under which someone of this role asks: the one stated, else the role's own; undefined when it is not theirs to state. */
export function purposeFor(role: Role): Purpose;
export function purposeFor(role: Role, stated?: Purpose): Purpose | undefined;
export function purposeFor(role: Role, stated?: Purpose): Purpose | undefined {
  return stated === undefined ? purposesOf[role][0] : purposesOf[role].find((own) => own === stated);
}
