import type { CaseAccess } from '@spil/access';
import { standingsOf, type RegisteredCase } from '@spil/domain';

/** States never change, and one is asked about again and again: by every reader of a case and by the step that comes next. */
const known = new WeakMap<RegisteredCase, CaseAccess>();

/** What access to a case is decided on, taken from its own history rather than from a read model that may lag. */
export function accessOf(state: RegisteredCase): CaseAccess {
  const access = known.get(state) ?? { status: state.status, standings: standingsOf(state) };
  known.set(state, access);
  return access;
}
