import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { ReferCase } from '@spil/commands';
import type { ReferCaseInput as ReferCaseOrder } from '@spil/commands';
import type { ToevoegingKind } from '@spil/domain';
import { IsDefined, IsOptional } from 'class-validator';
import { ToevoegingKindEnum } from '../../api/enums.js';
import { ReferenceIdScalar, UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { IsPlainText } from '../../input/text.js';
import { WarmthEnum } from '../step-enums.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `referCase`.' })
export class ReferCaseInput extends CaseStepInput implements ReferCaseOrder {
  @Field(() => ReferenceIdScalar, { description: 'The receiving organisation.' })
  @IsDefined()
  readonly toOrganisationId!: string;

  @Field(() => ReferenceIdScalar, {
    nullable: true,
    description: 'Where known; a warm referral needs one (rule 5).',
  })
  @IsOptional()
  readonly toProfessionalId?: string | null;

  @Field(() => WarmthEnum, { description: 'Warm is a person-to-person transfer with the dossier.' })
  @IsDefined()
  readonly warmth!: 'COLD' | 'WARM';

  @Field(() => UuidScalar, {
    nullable: true,
    description: 'The prepared handover of a warm referral; a new one when left out.',
  })
  @IsOptional()
  readonly handoverId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why a client who is not self-reliant is referred cold all the same (R 3.2). Stored sealed.',
  })
  @IsOptional()
  @IsPlainText({ max: 1000 })
  readonly coldReason?: string | null;

  @Field(() => ToevoegingKindEnum, { nullable: true, description: 'Which certificate is expected.' })
  @IsOptional()
  readonly toevoegingKind?: ToevoegingKind | null;
}

@Resolver()
export class ReferCaseResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Sends the client on, cold or warm; never requires a conversation first (R 5.2 q5b).',
  })
  async referCase(
    @Args('input') input: ReferCaseInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(new ReferCase(orderOf(input, asking, correlationId), factsIn(input))),
    );
  }
}
