export { migrateAuditStore, type AuditRoles } from './store/migrate.js';
export { openAuditPool } from './store/pool.js';
export { askerOf, type Asker } from './asker.js';
export {
  recordDisclosures,
  type DisclosingAnswer,
  type Disclosure,
  type PersonalSource,
} from './access-log/disclosures.js';
export {
  activityFor,
  processingActivities,
  type DataSubjectKind,
  type ProcessingActivity,
} from './access-log/processing-activities.js';
