import { CommandBus } from '@nestjs/cqrs';
import { Args, InputType, IntersectionType, Mutation, Resolver } from '@nestjs/graphql';
import { RegisterCase } from '@spil/commands';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { NewRegistrationInput } from './registration-input.js';

@InputType({ description: 'Input of `registerCase`.' })
export class RegisterCaseInput extends IntersectionType(StepInput, NewRegistrationInput) {}

@Resolver()
export class RegisterCaseResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Opens a case (R 2.3).' })
  async registerCase(
    @Args('input') input: RegisterCaseInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new RegisterCase(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
