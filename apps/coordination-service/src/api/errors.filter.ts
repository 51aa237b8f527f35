import { Catch, ServiceUnavailableException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import type { ServerResponse } from 'node:http';
import type { Logger } from '../operations/logger.js';
import { toApiError, type ApiError } from './errors.js';
import { formatGraphQLError, logFault } from './format-error.js';
import { sendJson } from './http-gate.js';

const statusOf: Partial<Record<ApiError['code'], number>> = {
  UNAUTHENTICATED: 401,
  PURPOSE_REFUSED: 403,
  UNAVAILABLE: 503,
};

/** Turns everything thrown into an error that may leave, and logs what is a fault of ours. */
@Catch()
export class ErrorsFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): ApiError | undefined {
    if (host.getType<GqlContextType>() === 'http' && thrown instanceof ServiceUnavailableException) {
      // A health check that failed: its own result says what is missing.
      sendJson(host.switchToHttp().getResponse<ServerResponse>(), 503, thrown.getResponse());
      return undefined;
    }
    const error = toApiError(thrown);
    logFault(this.logger, error);
    if (host.getType<GqlContextType>() === 'graphql') return error;

    const { http } = error.extensions as { http?: { status?: number } };
    const status = http?.status ?? statusOf[error.code] ?? 500;
    sendJson(host.switchToHttp().getResponse<ServerResponse>(), status, {
      errors: [formatGraphQLError(error, this.logger)],
    });
    return undefined;
  }
}
