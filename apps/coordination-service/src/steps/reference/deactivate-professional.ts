import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { DeactivateProfessional } from '@spil/commands';
import type { DeactivateProfessionalInput as DeactivateProfessionalOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { DeactivationReasonEnum } from '../step-enums.js';
import { StepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `deactivateProfessional`.' })
export class DeactivateProfessionalInput extends StepInput implements DeactivateProfessionalOrder {
  @Field(() => ReferenceIdScalar, { description: 'The professional.' })
  @IsDefined()
  readonly professionalId!: string;

  @Field(() => DeactivationReasonEnum, { description: 'Why.' })
  @IsDefined()
  readonly reason!: 'LEFT' | 'ABSENT';
}

@Resolver()
export class DeactivateProfessionalResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Records that a professional left, or is absent for a while.' })
  async deactivateProfessional(
    @Args('input') input: DeactivateProfessionalInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new DeactivateProfessional(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
