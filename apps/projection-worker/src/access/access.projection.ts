import {
  evolveCase,
  notRegistered,
  standingsOf,
  wordOf,
  type CaseEvent,
  type RegisteredCase,
} from '@spil/domain';
import {
  accessFileTable,
  caseAccessTable,
  emergencyAccessTable,
  type AccessFileRow,
  type CaseAccessRow,
  type EmergencyAccessRow,
} from '@spil/read-model';
import { projection, type EventMap, type FoldStep, type Folded } from '../runtime/projection.js';
import { separated } from '../sealed-fields.js';

/** The domain's own fold, over events without their sealed fields: nothing about access is decided here. */
function fold(file: RegisteredCase | undefined, step: FoldStep<CaseEvent>): Folded<RegisteredCase, never> {
  // Of a sealed field the fold asks only whether it is null, and those stay: an event without the others folds the same.
  const after = evolveCase(file ?? notRegistered, separated(step).clear as unknown as CaseEvent);
  if (after.status === 'NOT_REGISTERED')
    throw new Error('the case begins with something else than its registration');
  return { document: after };
}

/** An erasure may come before the registration, which then never comes: nobody has access to what there is not. */
const erasure = (
  file: RegisteredCase | undefined,
  step: FoldStep<CaseEvent>,
): Folded<RegisteredCase, never> => (file ? fold(file, step) : { document: file });

const steps: EventMap<RegisteredCase, never, CaseEvent> = {
  CaseRegistered: fold,
  CounterpartRegistered: fold,
  RegistrationLinked: fold,
  SelfRelianceAssessed: fold,
  CoordinatorAssigned: fold,
  CoordinatorTransferred: fold,
  PiketRequested: fold,
  ContactAttempted: fold,
  ContactSucceeded: fold,
  PiketRequestEscalated: fold,
  PiketRequestWithdrawn: fold,
  PiketRequestExpired: fold,
  PiketConversationRecorded: fold,
  CaseReferred: fold,
  ReferralAccepted: fold,
  ReferralDeclined: fold,
  ReferralLapsed: fold,
  ToevoegingRequested: fold,
  ToevoegingGranted: fold,
  ToevoegingRefused: fold,
  HandoverPrepared: fold,
  HandoverConsentGiven: fold,
  HandoverConsentRefused: fold,
  HandoverConsentWithdrawn: fold,
  HandoverOffered: fold,
  HandoverAccepted: fold,
  WarmHandoverCompleted: fold,
  HandoverDeclined: fold,
  HandoverLapsed: fold,
  FlaggedForSignalering: fold,
  FlagWithdrawn: fold,
  CaseClosed: fold,
  CaseReopened: fold,
  RegistrationCorrected: fold,
  ConversationCorrected: fold,
  FactEnteredInError: fold,
  ConflictWallRaised: fold,
  ConflictWallLifted: fold,
  EmergencyAccessTaken: fold,
  EmergencyAccessReviewed: fold,
  ClientErasureOrdered: erasure,
  ClientDataErased: erasure,
};

/** Who stands how to each case: the access table, and emergency access with its reviews. */
export const accessProjection = projection<RegisteredCase, never, CaseEvent>({
  name: 'access',
  on: steps,
  documents: {
    table: accessFileTable,
    key: 'caseId',
    document: 'file',
    keyOf: (stream) => stream.slice('case-'.length),
  },
  tabulate: (changes) => {
    const files: AccessFileRow[] = changes.map(({ after }) => ({ caseId: after.caseId, file: after }));
    const gained: CaseAccessRow[] = [];
    const lost: CaseAccessRow[] = [];
    for (const { before, after } of changes) {
      const was = before ? accessRows(before) : new Map<string, CaseAccessRow>();
      const is = accessRows(after);
      for (const [key, row] of is) if (!was.has(key)) gained.push(row);
      for (const [key, row] of was) if (!is.has(key)) lost.push(row);
    }
    return [
      { table: accessFileTable, rows: files },
      { table: caseAccessTable, rows: gained, removed: lost },
      { table: emergencyAccessTable, rows: changes.flatMap(({ after }) => emergencyRows(after)) },
    ];
  },
});

function accessRows(file: RegisteredCase): Map<string, CaseAccessRow> {
  const rows = standingsOf(file).map((standing): CaseAccessRow => ({
    caseId: file.caseId,
    standing: wordOf(standing, file.status),
    organisationId: standing.organisationId ?? '',
    locationId: standing.locationId ?? '',
    professionalId: standing.professionalId ?? '',
    until: standing.until ?? 'infinity',
  }));
  return new Map(rows.map((row) => [Object.values(row).join('|'), row]));
}

const emergencyRows = (file: RegisteredCase): EmergencyAccessRow[] =>
  Object.values(file.emergencies).map(({ emergencyId, takenBy, at, until, reviewBy, review }) => ({
    caseId: file.caseId,
    emergencyId,
    takenBy: takenBy.professionalId,
    organisationId: takenBy.organisationId,
    takenAt: new Date(at),
    until: new Date(until),
    reviewBy: new Date(reviewBy),
    reviewedBy: review?.by.professionalId ?? null,
    reviewedAt: review ? new Date(review.at) : null,
    verdict: review?.verdict ?? null,
  }));
