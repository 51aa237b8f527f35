import { isOfOrganisation, type CaseAction } from '@spil/access';
import { isAt } from '@spil/domain';
import type { HandoverEntry, ReferralEntry } from '@spil/read-model';
import type { Asking } from '../auth/current-asker.js';
import { personalFor, type FieldSource, type Personal } from '../personal/personal-data.js';

/** What of a case someone may see who may know of it. */
export interface CaseSight {
  readonly personal: Personal;
  /** Of what was written for the receiver of one handover or referral: whoever is asked to take the case on sees that one. */
  readonly offered: (offer: HandoverEntry | ReferralEntry) => Personal;
  readonly history: boolean;
}

/** What the policy lets this asker see; what is shown is written down as coming from this source. */
export function sightOf(
  { principal }: Asking,
  may: (action: CaseAction) => boolean,
  source: FieldSource,
): CaseSight {
  const personal = may('SEE_PERSONAL_DATA');
  const dossier = may('SEE_DOSSIER');
  const isOffered = (entry: HandoverEntry | ReferralEntry): boolean => {
    if (!isOfOrganisation(principal) || entry.status !== 'OFFERED') return false;
    if (!('offer' in entry))
      return entry.warmth === 'COLD' && isAt({ ...entry.to, locationId: null }, principal);
    return entry.offer !== null && isAt({ ...entry.offer.to, professionalId: null }, principal);
  };
  return {
    personal: personalFor(personal, source),
    offered: (offer) => personalFor(personal || (dossier && isOffered(offer)), source),
    history: may('SEE_HISTORY'),
  };
}
