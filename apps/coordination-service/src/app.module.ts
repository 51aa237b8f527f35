import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { ErrorsFilter } from './api/errors.filter.js';
import { graphqlDriver, graphqlOptions } from './api/graphql-options.js';
import { NoteRefusalsInterceptor } from './api/note-refusals.interceptor.js';
import { RequestBudgetInterceptor } from './api/request-budget.interceptor.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { Authenticator } from './auth/authenticate.js';
import { AuthenticationGuard } from './auth/authentication.guard.js';
import { PositionGuard } from './auth/position.guard.js';
import { CONFIG, type ServiceConfig } from './config.js';
import { ConfigModule } from './config.module.js';
import { createValidationPipe } from './input/validation.pipe.js';
import { LOGGER, type Logger } from './operations/logger.js';
import { ServiceMetrics } from './operations/metrics.js';
import { OperationsModule } from './operations/operations.module.js';
import { TelemetryModule } from './operations/telemetry.module.js';
import { InfrastructureModule } from './infrastructure/infrastructure.module.js';
import { QueriesModule } from './queries.module.js';
import { SocketServer } from './sockets/socket-server.js';
import { CodeGuessesInterceptor } from './steps/code-guesses.interceptor.js';
import { RevocationInterceptor } from './steps/revocation.interceptor.js';
import { StepsModule } from './steps/steps.module.js';

@Module({})
export class AppModule {
  static with(config: ServiceConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        TelemetryModule,
        InfrastructureModule,
        OperationsModule,
        AuthModule,
        GraphQLModule.forRootAsync({
          driver: graphqlDriver,
          inject: [CONFIG, Authenticator, ServiceMetrics, LOGGER],
          useFactory: graphqlOptions,
        }),
        AuditModule,
        QueriesModule,
        StepsModule,
      ],
      providers: [
        SocketServer,
        { provide: APP_GUARD, useClass: AuthenticationGuard },
        { provide: APP_GUARD, useClass: PositionGuard },
        { provide: APP_INTERCEPTOR, useClass: RequestBudgetInterceptor },
        { provide: APP_INTERCEPTOR, useClass: NoteRefusalsInterceptor },
        { provide: APP_INTERCEPTOR, useClass: RevocationInterceptor },
        { provide: APP_INTERCEPTOR, useClass: CodeGuessesInterceptor },
        { provide: APP_PIPE, useFactory: createValidationPipe },
        { provide: APP_FILTER, inject: [LOGGER], useFactory: (logger: Logger) => new ErrorsFilter(logger) },
      ],
    };
  }
}
