import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Int, Mutation, Resolver } from '@nestjs/graphql';
import { TakeEmergencyAccess } from '@spil/commands';
import type { TakeEmergencyAccessInput as TakeEmergencyAccessOrder } from '@spil/commands';
import { longestEmergencyMinutes } from '@spil/domain';
import { IsInt, IsOptional } from 'class-validator';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { IsPlainText, IsSentence } from '../../input/text.js';
import { CommandInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({
  description:
    'Input of `takeEmergencyAccess`. The case by its id or by its registration code; access begins when it is recorded.',
})
export class TakeEmergencyAccessInput extends CommandInput implements TakeEmergencyAccessOrder {
  @Field(() => UuidScalar, { nullable: true })
  @IsOptional()
  readonly caseId?: string | null;

  @Field(() => String, { nullable: true, description: 'As it was heard or typed.' })
  @IsOptional()
  @IsSentence({ max: 40 })
  readonly registrationCode?: string | null;

  @Field(() => String, { description: 'Why; read by the reviewer. Stored sealed.' })
  @IsPlainText({ max: 2000 })
  readonly reason!: string;

  @Field(() => Int, {
    nullable: true,
    description: `For how many minutes: 1 to ${longestEmergencyMinutes}; ${longestEmergencyMinutes} when left out.`,
  })
  @IsOptional()
  @IsInt()
  readonly minutes?: number | null;
}

@Resolver()
export class TakeEmergencyAccessResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description:
      'Opens a case that is not yours, for a short time, for a stated reason, reviewed afterwards by someone else. Only under the purpose EMERGENCY, under which the case can then be read.',
  })
  async takeEmergencyAccess(
    @Args('input') input: TakeEmergencyAccessInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new TakeEmergencyAccess(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
