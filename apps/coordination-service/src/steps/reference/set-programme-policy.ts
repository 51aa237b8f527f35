import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { SetProgrammePolicy } from '@spil/commands';
import { Type } from 'class-transformer';
import { IsDefined, ValidateNested } from 'class-validator';
import { DayScalar, ReferenceIdScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { StepInput, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';
import { policyIn, ProgrammePolicyInput } from './programme-policy-input.js';

@InputType({ description: 'Input of `setProgrammePolicy`.' })
export class SetProgrammePolicyInput extends StepInput {
  @Field(() => ReferenceIdScalar, { description: 'The location.' })
  @IsDefined()
  readonly locationId!: string;

  @Field(() => DayScalar, { description: 'The first day on which it holds.' })
  @IsDefined()
  readonly from!: string;

  @Field(() => ProgrammePolicyInput, { description: 'The whole policy.' })
  @ValidateNested()
  @Type(() => ProgrammePolicyInput)
  readonly policy!: ProgrammePolicyInput;
}

@Resolver()
export class SetProgrammePolicyResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Sets the policy of a location from a day on (rule 4).' })
  async setProgrammePolicy(
    @Args('input') input: SetProgrammePolicyInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new SetProgrammePolicy(orderOf(input, asking, correlationId), {
          locationId: input.locationId,
          from: input.from,
          policy: policyIn(input.policy),
        }),
      ),
    );
  }
}
