import type { PersonalSource } from '@spil/audit';

/**
 * Where a personal field comes from. Who is the controller of a client's data is not said here: each organisation is of what it
 * recorded, and the key that a value is sealed under tells which one that is.
 */
export interface FieldSource extends Omit<PersonalSource, 'controllerId'> {
  /** Of a professional's details: the organisation that employs them. */
  readonly employerId?: string;
  /** In a list of cases. */
  readonly isListed?: true;
}
