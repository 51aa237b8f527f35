import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { AssignCoordinator } from '@spil/commands';
import type { AssignCoordinatorInput as AssignCoordinatorOrder } from '@spil/commands';
import { IsOptional } from 'class-validator';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `assignCoordinator`.' })
export class AssignCoordinatorInput extends CaseStepInput implements AssignCoordinatorOrder {
  @Field(() => ReferenceIdScalar, {
    nullable: true,
    description: 'The coordinator; the acting professional when left out.',
  })
  @IsOptional()
  readonly professionalId?: string | null;
}

@Resolver()
export class AssignCoordinatorResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Gives the case its coordinator, a first-line professional (P 12).',
  })
  async assignCoordinator(
    @Args('input') input: AssignCoordinatorInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new AssignCoordinator(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
