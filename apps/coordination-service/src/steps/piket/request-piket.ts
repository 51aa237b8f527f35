import { CommandBus } from '@nestjs/cqrs';
import { Args, InputType, IntersectionType, Mutation, Resolver } from '@nestjs/graphql';
import type { Principal } from '@spil/access';
import { RequestPiket } from '@spil/commands';
import { CorrelationId, CurrentPrincipal } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { PiketQuestionInput } from './piket-question-input.js';

@InputType({ description: 'Input of `requestPiket`.' })
export class RequestPiketInput extends IntersectionType(CaseStepInput, PiketQuestionInput) {}

@Resolver()
export class RequestPiketResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Asks the desk, or a named colleague, for a conversation (R 1.2).',
  })
  async requestPiket(
    @Args('input') input: RequestPiketInput,
    @CurrentPrincipal() principal: Principal,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new RequestPiket(orderOf(input, principal, correlationId), factsIn(input))),
    );
  }
}
