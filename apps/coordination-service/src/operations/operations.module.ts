import { Global, Module } from '@nestjs/common';
import { CONFIG, type ServiceConfig } from '../config.js';
import { createLogger, LOGGER } from './logger.js';
import { ServiceMetrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';

@Global()
@Module({
  controllers: [MetricsController],
  providers: [
    {
      provide: LOGGER,
      inject: [CONFIG],
      useFactory: (config: ServiceConfig) => createLogger(config.logLevel),
    },
    { provide: ServiceMetrics, useFactory: () => new ServiceMetrics() },
  ],
  exports: [LOGGER, ServiceMetrics],
})
export class OperationsModule {}
