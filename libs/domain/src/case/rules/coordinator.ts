import { isSecondLine } from '../../shared/lines.js';
import { refuse, type Refusal } from '../../shared/refusal.js';
import type { OrganisationKind } from '../../shared/decider.js';
import type { Party } from '../events.js';

/** The coordinator is of the first line, or of another organisation where no first line is (rule 6, P 12). */
export const mayCoordinate = (party: Party, field: string): Refusal | null =>
  isSecondLine(party.organisationKind)
    ? refuse('COORDINATOR_NOT_FIRST_LINE', {
        rule: 'rule 6',
        field,
        facts: { organisationKind: party.organisationKind },
      })
    : null;

/** Someone who could take on the coordinating role. */
export interface CoordinatorCandidate {
  readonly party: Party;
  /** CBS codes of the municipalities that the candidate serves. */
  readonly municipalities: readonly string[];
}

const suggestionOrder: readonly OrganisationKind[] = ['SOCIAAL_RAADSLIEDEN', 'JURIDISCH_LOKET', 'OTHER'];

/**
 * Whom to suggest as coordinator, best first: a sociaal raadslied, else the Juridisch Loket, else another organisation,
 * each serving the municipality where the client lives (P 12). Among equals the given order stands; an unknown
 * municipality leaves nobody out.
 */
export const suggestCoordinators = (
  candidates: readonly CoordinatorCandidate[],
  clientMunicipality: string | null,
): readonly CoordinatorCandidate[] =>
  suggestionOrder.flatMap((kind) =>
    candidates.filter(
      ({ party, municipalities }) =>
        party.organisationKind === kind &&
        (clientMunicipality === null || municipalities.includes(clientMunicipality)),
    ),
  );
