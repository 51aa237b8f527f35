import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { mergeMap, type Observable } from 'rxjs';
import { topLevelOf } from '../api/top-level.js';
import { AccessFreshness } from '../freshness/access-freshness.js';
import { LOGGER, type Logger } from '../operations/logger.js';
import { StepAccepted } from './step-payload.js';

/** A step that ends somebody's access is answered once lists know it too, or says after 2 seconds that they do not yet. */
@Injectable()
export class RevocationInterceptor implements NestInterceptor {
  constructor(
    private readonly access: AccessFreshness,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const asked = topLevelOf(execution);
    if (asked?.kind !== 'COMMAND') return next.handle();
    const { deadline } = asked.context;
    return next.handle().pipe(
      mergeMap(async (payload): Promise<unknown> => {
        if (!isRevoking(payload) || (await this.isApplied(payload, deadline))) return payload;
        return Object.assign(payload, { effective: 'PENDING' as const });
      }),
    );
  }

  /** The step stands whatever the read models are doing: when they cannot be asked, it is pending. */
  private isApplied({ position }: StepAccepted, deadline: number | undefined): Promise<boolean> {
    return this.access.holds(position, deadline).catch((cause: unknown) => {
      this.logger.warn({ err: cause }, 'it cannot be told whether lists know that somebody’s access ended');
      return false;
    });
  }
}

const isRevoking = (payload: unknown): payload is StepAccepted =>
  typeof payload === 'object' && payload !== null && 'revoking' in payload && payload.revoking === true;
