import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RaiseConflictWall } from '@spil/commands';
import type { RaiseConflictWallInput as RaiseConflictWallOrder } from '@spil/commands';
import { IsOptional } from 'class-validator';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `raiseConflictWall`: a professional or an organisation, not both.' })
export class RaiseConflictWallInput extends CaseStepInput implements RaiseConflictWallOrder {
  @Field(() => ReferenceIdScalar, {
    nullable: true,
    description: 'A professional who acts for the other party, in whatever organisation.',
  })
  @IsOptional()
  readonly professionalId?: string | null;

  @Field(() => ReferenceIdScalar, {
    nullable: true,
    description: 'An organisation that acts for the other party, with everyone in it.',
  })
  @IsOptional()
  readonly organisationId?: string | null;
}

@Resolver()
export class RaiseConflictWallResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description:
      'States that someone acts for the other party: from now on the case does not exist for them, whatever else they are to it.',
  })
  async raiseConflictWall(
    @Args('input') input: RaiseConflictWallInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RaiseConflictWall(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
