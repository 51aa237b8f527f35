import { Global, Module, type Type } from '@nestjs/common';
import { CaseGate } from '../cases/case-gate.js';
import { AccessLogResolver } from './access-log.resolver.js';
import { AccessReviewsResolver } from './access-reviews.resolver.js';
import { PolicyRecord } from './policy-record.js';
import { RefusalLog } from './refusal-log.js';
import { RefusalsResolver } from './refusals.resolver.js';

/** What privacy officers and auditors ask of the audit database. Each class named here is in the schema. */
export const auditResolvers: Type[] = [AccessLogResolver, AccessReviewsResolver, RefusalsResolver];

@Global()
@Module({
  providers: [CaseGate, PolicyRecord, RefusalLog, ...auditResolvers],
  exports: [PolicyRecord, RefusalLog],
})
export class AuditModule {}
