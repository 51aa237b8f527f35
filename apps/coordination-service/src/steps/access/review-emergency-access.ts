import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { ReviewEmergencyAccess } from '@spil/commands';
import type { ReviewEmergencyAccessInput as ReviewEmergencyAccessOrder } from '@spil/commands';
import type { EmergencyVerdict } from '@spil/domain';
import { IsDefined, IsOptional } from 'class-validator';
import { EmergencyVerdictEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { IsPlainText } from '../../input/text.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `reviewEmergencyAccess`.' })
export class ReviewEmergencyAccessInput extends CaseStepInput implements ReviewEmergencyAccessOrder {
  @Field(() => UuidScalar, { description: 'The emergency access.' })
  @IsDefined()
  readonly emergencyId!: string;

  @Field(() => EmergencyVerdictEnum)
  @IsDefined()
  readonly verdict!: EmergencyVerdict;

  @Field(() => String, { nullable: true, description: 'Stored sealed.' })
  @IsOptional()
  @IsPlainText({ max: 2000 })
  readonly note?: string | null;
}

@Resolver()
export class ReviewEmergencyAccessResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description:
      'Says whether emergency access was justified; if not, it ends at once. For local coordinators and privacy officers of the organisation that registered the case, and never for who took it.',
  })
  async reviewEmergencyAccess(
    @Args('input') input: ReviewEmergencyAccessInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new ReviewEmergencyAccess(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
