import { CommandBus } from '@nestjs/cqrs';
import { Args, InputType, IntersectionType, Mutation, Resolver } from '@nestjs/graphql';
import { RequestPiket } from '@spil/commands';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
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
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new RequestPiket(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
