export { migrateAuditStore, type AuditRoles } from './store/migrate.js';
export { askerOf, type Asker } from './asker.js';
export {
  recordDisclosures,
  type DisclosingAnswer,
  type Disclosure,
  type PersonalSource,
} from './access-log/disclosures.js';
export { organisationsShown } from './access-log/recipients.js';
export { casesShownOf, disclosuresIn, type LoggedDisclosure } from './access-log/reading.js';
export {
  daysToReview,
  recordReview,
  ReviewCommandReused,
  reviewFindings,
  reviewMonths,
  type AccessReview,
  type ReviewFinding,
  type ReviewMonth,
} from './access-log/reviews.js';
export { policyOn, recordPolicyUse, type PolicyUse } from './policies/policies.js';
export {
  recordRefusals,
  refusalKinds,
  refusalsBetween,
  type RecordedRefusal,
  type RefusalFact,
  type RefusalFilter,
  type RefusalKind,
} from './refusals/refusals.js';
export { giveCodeTryBack, takeCodeTry } from './code-tries/code-tries.js';
export { publishedCheckpoint, publishedLogKey } from './proof/published-log.js';
export { InvalidAuditCursor, type Page, type PageRequest } from './store/page.js';
export {
  activityFor,
  processingActivities,
  type DataSubjectKind,
  type ProcessingActivity,
} from './access-log/processing-activities.js';
