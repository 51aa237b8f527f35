import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { MoveProfessional } from '@spil/commands';
import type { MoveProfessionalInput as MoveProfessionalOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `moveProfessional`.' })
export class MoveProfessionalInput extends StepInput implements MoveProfessionalOrder {
  @Field(() => ReferenceIdScalar, { description: 'The professional.' })
  @IsDefined()
  readonly professionalId!: string;

  @Field(() => ReferenceIdScalar, { description: 'The new organisation.' })
  @IsDefined()
  readonly organisationId!: string;

  @Field(() => ReferenceIdScalar, { description: 'The new location.' })
  @IsDefined()
  readonly locationId!: string;
}

@Resolver()
export class MoveProfessionalResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Moves a professional; what was done before stays counted where it was done.',
  })
  async moveProfessional(
    @Args('input') input: MoveProfessionalInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new MoveProfessional(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
