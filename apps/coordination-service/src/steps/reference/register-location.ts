import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, IntersectionType, Mutation, Resolver } from '@nestjs/graphql';
import { RegisterLocation } from '@spil/commands';
import { IsOptional } from 'class-validator';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { LocationFactsInput } from './location-facts-input.js';

@InputType({ description: 'Input of `registerLocation`.' })
export class RegisterLocationInput extends IntersectionType(StepInput, LocationFactsInput) {
  @Field(() => ReferenceIdScalar, { nullable: true, description: 'A new one when left out.' })
  @IsOptional()
  readonly locationId?: string | null;
}

@Resolver()
export class RegisterLocationResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Adds a place where help is given (R 1.2).' })
  async registerLocation(
    @Args('input') input: RegisterLocationInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RegisterLocation(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
