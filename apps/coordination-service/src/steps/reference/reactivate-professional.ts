import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { ReactivateProfessional } from '@spil/commands';
import type { ReactivateProfessionalInput as ReactivateProfessionalOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `reactivateProfessional`.' })
export class ReactivateProfessionalInput extends StepInput implements ReactivateProfessionalOrder {
  @Field(() => ReferenceIdScalar, { description: 'The professional.' })
  @IsDefined()
  readonly professionalId!: string;
}

@Resolver()
export class ReactivateProfessionalResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Records that a professional is back.' })
  async reactivateProfessional(
    @Args('input') input: ReactivateProfessionalInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new ReactivateProfessional(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
