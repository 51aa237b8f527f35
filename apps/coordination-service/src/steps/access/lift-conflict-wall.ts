import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { LiftConflictWall } from '@spil/commands';
import type { LiftConflictWallInput as LiftConflictWallOrder } from '@spil/commands';
import { IsDefined } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `liftConflictWall`.' })
export class LiftConflictWallInput extends CaseStepInput implements LiftConflictWallOrder {
  @Field(() => UuidScalar, { description: 'The wall, as `raiseConflictWall` named it.' })
  @IsDefined()
  readonly wallId!: string;
}

@Resolver()
export class LiftConflictWallResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description:
      'Lifts a conflict wall. For local coordinators and privacy officers of the organisation that registered the case.',
  })
  async liftConflictWall(
    @Args('input') input: LiftConflictWallInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new LiftConflictWall(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
