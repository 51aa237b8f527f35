import { types } from 'node:util';
import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '@spil/config';
import { currentTrace } from './trace.js';

export type { Logger } from 'pino';

/** Injection token of the service's logger. */
export const LOGGER = Symbol('LOGGER');

/**
 * A structured logger that lets through named things only: personal data must never get here, and an error's message or
 * a driver's detail may quote some. Hence errors are reduced to their kind and place.
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service: 'coordination-service' },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => {
        const trace = currentTrace();
        return trace === undefined ? {} : { traceId: trace.traceId };
      },
      serializers: { err: describeError },
    },
    destination ?? pino.destination(1),
  );
}

/** What may be logged of an error: kind, code, place and the same of its cause. Never the message. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!types.isNativeError(error)) return { kind: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code.slice(0, 40) : undefined;
  return {
    kind: error.name,
    ...(code !== undefined && { code }),
    at: placesOf(error),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

const placesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());

/** Nest's own messages, on our logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]) {
    this.write('debug', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]) {
    this.write('warn', message, rest);
  }
  error(message: unknown, ...rest: unknown[]) {
    this.write('error', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]) {
    this.write('fatal', message, rest);
  }

  private write(level: 'debug' | 'warn' | 'error' | 'fatal', message: unknown, rest: readonly unknown[]) {
    const from = rest.findLast((one) => typeof one === 'string' && !one.includes('\n'));
    if (typeof message === 'string') this.logger[level]({ from }, message);
    else this.logger[level]({ from, err: message }, 'the framework reports an error');
  }
}
