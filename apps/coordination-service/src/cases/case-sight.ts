import type { CaseAction } from '@spil/access';
import { isAt } from '@spil/domain';
import type { HandoverEntry } from '@spil/read-model';
import type { Asking } from '../auth/current-asker.js';
import { personalFor, type Personal } from '../personal/personal-text.js';

/** What of a case someone may see who may know of it. */
export interface CaseSight {
  readonly personal: Personal;
  /** Of the dossier of one handover: whoever is asked to take it on sees that one. */
  readonly dossier: (handover: HandoverEntry) => Personal;
  readonly history: boolean;
}

/** What the policy lets this asker see. */
export function sightOf({ principal }: Asking, may: (action: CaseAction) => boolean): CaseSight {
  const personal = may('SEE_PERSONAL_DATA');
  const dossier = may('SEE_DOSSIER');
  const isOffered = ({ status, offer }: HandoverEntry): boolean =>
    status === 'OFFERED' &&
    offer !== null &&
    principal.professionalId !== undefined &&
    isAt({ ...offer.to, professionalId: null }, principal);
  return {
    personal: personalFor(personal),
    dossier: (handover) => personalFor(personal || (dossier && isOffered(handover))),
    history: may('SEE_HISTORY'),
  };
}

/** The same case without personal fields, where it cannot be told in time whether somebody's access has ended. */
export const withoutPersonalData = (sight: CaseSight): CaseSight => ({
  ...sight,
  personal: personalFor(false),
  dossier: () => personalFor(false),
});
