import { Global, Module } from '@nestjs/common';
import { CONFIG, type ServiceConfig } from '../config.js';
import { createLogger, LOGGER } from './logger.js';
import { ServiceMetrics } from './metrics.js';

/** The logger and the metrics, for everything else to use. */
@Global()
@Module({
  providers: [
    {
      provide: LOGGER,
      inject: [CONFIG],
      useFactory: ({ logLevel, log }: ServiceConfig) => createLogger(logLevel, log && { write: log }),
    },
    { provide: ServiceMetrics, useFactory: () => new ServiceMetrics() },
  ],
  exports: [LOGGER, ServiceMetrics],
})
export class TelemetryModule {}
