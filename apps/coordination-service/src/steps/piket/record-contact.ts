import { CommandBus } from '@nestjs/cqrs';
import { Args, Field, InputType, Int, Mutation, Resolver } from '@nestjs/graphql';
import type { Principal } from '@spil/access';
import { RecordContact } from '@spil/commands';
import type { RecordContactInput as RecordContactOrder } from '@spil/commands';
import type { Channel, ConversationSide, OrganisationKind } from '@spil/domain';
import { IsDefined, IsInt, IsOptional, Max, Min } from 'class-validator';
import { ChannelEnum } from '../../api/enums.js';
import { ReferenceIdScalar, UuidScalar } from '../../api/scalars.js';
import { CorrelationId, CurrentPrincipal } from '../../auth/current-principal.js';
import { AskedKindEnum, ContactInitiatorEnum } from '../step-enums.js';
import { CaseStepInput, factsIn, orderOf } from '../step-input.js';
import { StepPayload, payloadOf } from '../step-payload.js';

@InputType({ description: 'Input of `recordContact`.' })
export class RecordContactInput extends CaseStepInput implements RecordContactOrder {
  @Field(() => UuidScalar, { nullable: true, description: 'Leave out when the contact followed no request.' })
  @IsOptional()
  readonly piketRequestId?: string | null;

  @Field(() => ContactInitiatorEnum, {
    nullable: true,
    description: 'Who started the contact; the asking side when left out. UNKNOWN takes the import mandate.',
  })
  @IsOptional()
  readonly initiatedBy?: ConversationSide | 'UNKNOWN' | null;

  @Field(() => AskedKindEnum, { description: 'Which kind of organisation was reached.' })
  @IsDefined()
  readonly reachedKind!: OrganisationKind | 'UNKNOWN';

  @Field(() => ReferenceIdScalar, { nullable: true, description: 'Who was reached, where known.' })
  @IsOptional()
  readonly reachedProfessionalId?: string | null;

  @Field(() => ChannelEnum, { nullable: true, description: 'PHONE when left out.' })
  @IsOptional()
  readonly channel?: Channel | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Tries up to and including this one; derived when left out.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  readonly attempts?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes between request and contact; derived when left out.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(525600)
  readonly delayMinutes?: number | null;
}

@Resolver()
export class RecordContactResolver {
  constructor(private readonly commands: CommandBus) {}

  @Mutation(() => StepPayload, {
    description: 'Records that the other side was reached; opens a conversation.',
  })
  async recordContact(
    @Args('input') input: RecordContactInput,
    @CurrentPrincipal() principal: Principal,
    @CorrelationId() correlationId: string,
  ): Promise<typeof StepPayload> {
    return payloadOf(
      await this.commands.execute(
        new RecordContact(orderOf(input, principal, correlationId), factsIn(input)),
      ),
    );
  }
}
