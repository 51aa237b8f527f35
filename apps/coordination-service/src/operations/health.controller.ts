import {
  Catch,
  Controller,
  Get,
  Inject,
  ServiceUnavailableException,
  UseFilters,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
} from '@nestjs/terminus';
import { sendJson } from '../api/http-gate.js';
import { Dependencies, type ProjectionLag } from './dependencies.js';
import { LOGGER, type Logger } from './logger.js';

/** Seconds after which a read model counts as behind: answers are right but old. */
const tolerableLagSeconds = 30;

/** Lets the answer to a failed check through, which names what is missing; other errors leave masked. */
@Catch(ServiceUnavailableException)
class UnhealthyFilter implements ExceptionFilter {
  catch(unhealthy: ServiceUnavailableException, host: ArgumentsHost): void {
    sendJson(
      host.switchToHttp().getResponse<ServerResponse>(),
      unhealthy.getStatus(),
      unhealthy.getResponse(),
    );
  }
}

/** For whoever runs the service: whether it lives, whether it can serve, and what is missing. */
@Controller('health')
@UseFilters(UnhealthyFilter)
export class HealthController {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly dependencies: Dependencies,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The process answers. Restart it when this does not. */
  @Get('live')
  @HealthCheck()
  live(): Promise<HealthCheckResult> {
    return this.checks.check([]);
  }

  /** Everything needed to serve is there; send no requests otherwise. Being behind is told, and no reason to stop. */
  @Get('ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.checks.check([
      async () => this.indicate('eventStore', await this.dependencies.eventStoreIsUp()),
      async () => this.indicate('keys', await this.dependencies.keysAreUp()),
      async () => this.indicate('audit', await this.dependencies.auditIsUp()),
      async () => this.indicate('readDatabase', await this.dependencies.readDatabaseIsUp()),
      () => this.lag(),
    ]);
  }

  private indicate(name: string, up: boolean) {
    const indicator = this.indicators.check(name);
    return up ? indicator.up() : indicator.down();
  }

  private async lag() {
    const indicator = this.indicators.check('readModels');
    let lags: readonly ProjectionLag[];
    try {
      lags = await this.dependencies.projectionLags();
    } catch (cause) {
      this.logger.warn({ err: cause }, 'how far the read models are behind cannot be told');
      return indicator.down();
    }
    const seconds = Object.fromEntries(
      lags.map(({ projection, lagSeconds, stopped }) => [
        projection,
        stopped ? 'stopped' : Math.round(lagSeconds * 10) / 10,
      ]),
    );
    return lags.some(({ lagSeconds, stopped }) => stopped || lagSeconds > tolerableLagSeconds)
      ? indicator.degraded(seconds)
      : indicator.up(seconds);
  }
}
