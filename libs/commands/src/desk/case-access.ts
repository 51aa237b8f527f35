import type { CaseAccess } from '@spil/access';
import { standingsOf, type RegisteredCase } from '@spil/domain';

/** What access to a case is decided on, taken from its own history rather than from a read model that may lag. */
export const accessOf = (state: RegisteredCase): CaseAccess => ({
  status: state.status,
  standings: standingsOf(state),
});
