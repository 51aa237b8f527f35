import { Module, type Type } from '@nestjs/common';
import { CommandsModule } from '@spil/commands';
import { CaseGate } from './cases/case-gate.js';
import { CaseTimelineSubscription } from './cases/case-timeline.subscription.js';
import { CaseResolver } from './cases/case.resolver.js';
import { CasesResolver } from './cases/cases.resolver.js';
import { CodeTries } from './cases/code-tries.js';
import { EmergencyAccessResolver } from './cases/emergency-access.resolver.js';
import { RegistrationCodeResolver } from './cases/registration-code.resolver.js';
import { CertificateController } from './erasure/certificate.controller.js';
import { ErasuresResolver } from './erasure/erasures.resolver.js';
import { OwnErasures } from './erasure/own-erasures.js';
import { ProcessingInformationResolver } from './erasure/processing-information.js';
import { RetentionResolver } from './erasure/retention.resolver.js';
import { SubjectAccessResolver } from './erasure/subject-access.resolver.js';
import { FiguresResolver } from './figures/figures.resolver.js';
import { AccessFreshness } from './freshness/access-freshness.js';
import { Freshness } from './freshness/freshness.js';
import { DisclosureResolver } from './history/disclosure.resolver.js';
import { HistoryResolver } from './history/history.resolver.js';
import { StateChangesResolver } from './history/state-changes.resolver.js';
import { MeResolver } from './me/me.resolver.js';
import { AccessLog } from './personal/access-log.js';
import { DeniedReads } from './personal/denied-reads.js';
import { PersonalData } from './personal/personal-data.js';
import { PersonalTextResolver } from './personal/personal-text.js';
import { ReferenceResolver } from './reference/reference.resolver.js';

/** The resolvers of everything that only reads. Each class named here is in the schema. */
export const queryResolvers: Type[] = [
  MeResolver,
  CaseResolver,
  CasesResolver,
  EmergencyAccessResolver,
  RegistrationCodeResolver,
  CaseTimelineSubscription,
  HistoryResolver,
  StateChangesResolver,
  DisclosureResolver,
  ReferenceResolver,
  ErasuresResolver,
  RetentionResolver,
  SubjectAccessResolver,
  ProcessingInformationResolver,
  FiguresResolver,
  PersonalTextResolver,
];

@Module({
  imports: [CommandsModule],
  controllers: [CertificateController],
  providers: [
    CaseGate,
    CodeTries,
    AccessFreshness,
    Freshness,
    AccessLog,
    DeniedReads,
    OwnErasures,
    PersonalData,
    ...queryResolvers,
  ],
  exports: [AccessFreshness, CodeTries],
})
export class QueriesModule {}
