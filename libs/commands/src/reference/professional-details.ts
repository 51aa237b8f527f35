/** Name and contact details of a professional; the direct number is what the sources ask for (P conclusion). */
export interface ProfessionalDetailsInput {
  readonly name: string;
  readonly email?: string | null;
  readonly phone?: string | null;
}
