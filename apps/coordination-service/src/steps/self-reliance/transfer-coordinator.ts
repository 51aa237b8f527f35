import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { TransferCoordinator } from '@spil/commands';
import type { TransferCoordinatorInput as TransferCoordinatorOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { TransferReasonEnum } from '../step-enums.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `transferCoordinator`.' })
export class TransferCoordinatorInput extends CaseStepInput implements TransferCoordinatorOrder {
  @Field(() => ReferenceIdScalar, { description: 'The new coordinator.' })
  @IsDefined()
  readonly toProfessionalId!: string;

  @Field(() => TransferReasonEnum, { description: 'Why the role passes on.' })
  @IsDefined()
  readonly reason!: 'AGREED' | 'ABSENT' | 'LEFT';
}

@Resolver()
export class TransferCoordinatorResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Passes the coordinating role to someone else.' })
  async transferCoordinator(
    @Args('input') input: TransferCoordinatorInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new TransferCoordinator(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
