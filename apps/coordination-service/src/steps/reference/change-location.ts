import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, IntersectionType, Mutation, Resolver } from '@nestjs/graphql';
import { ChangeLocation } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { LocationFactsInput } from './location-facts-input.js';

@InputType({ description: 'Input of `changeLocation`.' })
export class ChangeLocationInput extends IntersectionType(StepInput, LocationFactsInput) {
  @Field(() => ReferenceIdScalar, { description: 'The location.' })
  @IsDefined()
  readonly locationId!: string;
}

@Resolver()
export class ChangeLocationResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Replaces what is known of a location.' })
  async changeLocation(
    @Args('input') input: ChangeLocationInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new ChangeLocation(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
