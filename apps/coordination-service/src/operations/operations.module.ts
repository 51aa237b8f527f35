import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Dependencies } from './dependencies.js';
import { HealthController } from './health.controller.js';
import { LogController } from './log.controller.js';
import { MetricsController } from './metrics.controller.js';

/** Health and metrics, for whoever runs the service, and what the log publishes for auditors. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController, LogController, MetricsController],
  providers: [Dependencies],
})
export class OperationsModule {}
