import type { RegisteredCase } from '../case/state.js';
import { handoversUnderWay } from '../case/views.js';
import type { Day, DecisionContext, Instant } from '../shared/decider.js';
import { dayInNetherlands } from '../shared/time.js';
import type { ErasureGround, KeptCase } from './events.js';
import { retentionEnds, type RetentionTerm } from './retention.js';

/** What the legal check must know of one case in which an organisation holds data of the client. */
export interface ErasableCase {
  readonly caseId: string;
  /** The organisation still works on it. */
  readonly open: boolean;
  /** A handover lies with a receiver who has not met the client yet: no client disappears between two desks (rule 5). */
  readonly handoverUnderWay: boolean;
  /** When its last work ended; null while it is open. */
  readonly endedAt: Instant | null;
}

/**
 * A case in the eyes of one organisation. A case is open for those who registered it, coordinate it, or received it; whoever was
 * only consulted has nothing left to do in it. Work on a linked registration goes on in the other case (rule 8).
 */
export const erasableCase = (file: RegisteredCase, organisationId: string): ErasableCase => {
  const under = handoversUnderWay(file).some(
    ({ offer }) => offer.by.organisationId === organisationId || offer.to.organisationId === organisationId,
  );
  const works = file.status === 'OPEN' && worksOn(file, organisationId);
  const last = { OPEN: () => file.registeredAt, CLOSED: closedAt, LINKED: linkedAt }[file.status];
  return {
    caseId: file.caseId,
    open: works,
    handoverUnderWay: under,
    endedAt: works ? null : last(file),
  };
};

const closedAt = (file: RegisteredCase): Instant =>
  file.status === 'CLOSED' ? file.closing.at : file.registeredAt;

const linkedAt = (file: RegisteredCase): Instant =>
  file.status === 'LINKED' ? file.link.at : file.registeredAt;

const worksOn = (file: RegisteredCase, organisationId: string): boolean => {
  const own = file.registrations[file.registrationId];
  return (
    own?.registeredBy.organisationId === organisationId ||
    file.coordinator?.organisationId === organisationId ||
    Object.values(file.referrals).some(
      ({ status, to }) =>
        (status === 'OPEN' || status === 'ACCEPTED') && to.organisationId === organisationId,
    ) ||
    Object.values(file.handovers).some(
      (handover) => handover.status === 'COMPLETED' && handover.offer.to.organisationId === organisationId,
    )
  );
};

/** What stands against erasing this case today; null when nothing does. */
export const objectionTo = (
  erasable: ErasableCase,
  ground: ErasureGround,
  term: RetentionTerm,
  { recordedAt }: DecisionContext,
): KeptCase | null => {
  const { caseId } = erasable;
  if (erasable.handoverUnderWay) return { caseId, objection: 'HANDOVER_UNDER_WAY', until: null };
  if (erasable.open || erasable.endedAt === null) return { caseId, objection: 'CASE_OPEN', until: null };
  const until: Day = retentionEnds(erasable.endedAt, term);
  const kept = term.duty || ground === 'RETENTION_ENDED';
  return kept && dayInNetherlands(recordedAt) < until ? { caseId, objection: 'RETENTION_TERM', until } : null;
};
