import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { EventStoreUnavailable } from '@spil/event-store';
import { formerPosition } from '../api/errors.js';
import type { RequestContext } from '../api/request-context.js';
import { topLevelOf } from '../api/top-level.js';
import { RefusalLog } from '../audit/refusal-log.js';
import { principalOf } from './current-principal.js';
import { positionKey, type PositionNeed } from './position.js';
import { Staff } from './staff.js';

/** Steps are refused by the desks that take them, with a refusal of their own kind. */
const stepPayload = 'StepPayload';

/**
 * Lets nobody through who does not work any more where the token says, unless the resolver says otherwise (`PositionOfAsker`). What comes to
 * the schema later is guarded without a word of its own.
 */
@Injectable()
export class PositionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly staff: Staff,
    private readonly refusals: RefusalLog,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const asked = topLevelOf(execution);
    if (asked === undefined) return true;
    const { kind, operation, answer, context } = asked;
    const need = this.reflector.get<PositionNeed | undefined>(positionKey, execution.getHandler());
    if (answer === stepPayload || need === 'LOOKED_AT_WITHIN' || need === 'NO_MATTER') return true;
    if (await this.isInPlace(context, need)) return true;
    await this.refusals.note(context, { kind, operation, code: 'FORBIDDEN', caseId: null });
    throw formerPosition();
  }

  private async isInPlace(context: RequestContext, need: PositionNeed | undefined): Promise<boolean> {
    try {
      return await this.staff.isInPlace(principalOf(context));
    } catch (cause) {
      if (need === 'WHERE_KNOWN' && cause instanceof EventStoreUnavailable) return true;
      throw cause;
    }
  }
}
