import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { RequestToevoeging } from '@spil/commands';
import type { RequestToevoegingInput as RequestToevoegingOrder } from '@spil/commands';
import type { ToevoegingKind } from '@spil/domain';
import { IsDefined, IsOptional } from 'class-validator';
import { ToevoegingKindEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `requestToevoeging`.' })
export class RequestToevoegingInput extends CaseStepInput implements RequestToevoegingOrder {
  @Field(() => ToevoegingKindEnum, { description: 'Which certificate.' })
  @IsDefined()
  readonly kind!: ToevoegingKind;

  @Field(() => UuidScalar, { nullable: true, description: 'The referral that it follows.' })
  @IsOptional()
  readonly referralId?: string | null;
}

@Resolver()
export class RequestToevoegingResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, { description: 'Records that subsidised legal aid was applied for (P 11).' })
  async requestToevoeging(
    @Args('input') input: RequestToevoegingInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RequestToevoeging(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
