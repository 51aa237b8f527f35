import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { FlagForSignalering } from '@spil/commands';
import type { FlagForSignaleringInput as FlagForSignaleringOrder } from '@spil/commands';
import type { FlagKind, SignaleringTheme } from '@spil/domain';
import { ArrayMaxSize, IsBoolean, IsDefined, IsOptional } from 'class-validator';
import { FlagKindEnum, SignaleringThemeEnum } from '../../api/enums.js';
import { UuidScalar } from '../../api/scalars.js';
import { CurrentAsker, type Asking } from '../../auth/current-asker.js';
import { CorrelationId } from '../../auth/current-principal.js';
import { IsPlainText } from '../../input/text.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `flagForSignalering`.' })
export class FlagForSignaleringInput extends CaseStepInput implements FlagForSignaleringOrder {
  @Field(() => UuidScalar, {
    description: 'The registration, of the own organisation, on whose behalf the flag is raised.',
  })
  @IsDefined()
  readonly registrationId!: string;

  @Field(() => FlagKindEnum, { description: 'A bottleneck, or what goes well.' })
  @IsDefined()
  readonly kind!: FlagKind;

  @Field(() => [SignaleringThemeEnum], { description: 'Coded themes.' })
  @ArrayMaxSize(50)
  readonly themes!: readonly SignaleringTheme[];

  @Field(() => Boolean, { description: 'Self-reliance was wrongly assumed (P 11).' })
  @IsBoolean()
  readonly selfRelianceWronglyAssumed!: boolean;

  @Field(() => Boolean, { description: 'A gap in legal aid (P 11).' })
  @IsBoolean()
  readonly gapInLegalAid!: boolean;

  @Field(() => Boolean, { description: 'Candidate for a best practice.' })
  @IsBoolean()
  readonly bestPracticeCandidate!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Stored sealed until its wording is released (rule 9).',
  })
  @IsOptional()
  @IsPlainText({ max: 2000 })
  readonly note?: string | null;
}

@Resolver()
export class FlagForSignaleringResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Marks the case as worth discussing at the signaleringsoverleg.',
  })
  async flagForSignalering(
    @Args('input') input: FlagForSignaleringInput,
    @CurrentAsker() asking: Asking,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new FlagForSignalering(orderOf(input, asking, correlationId), factsIn(input)),
      ),
    );
  }
}
