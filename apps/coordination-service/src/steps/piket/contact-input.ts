import { Field, InputType, Int } from '@nestjs/graphql';
import type { ContactInput as ContactOrder } from '@spil/commands';
import type { Channel, ConversationSide, OrganisationKind } from '@spil/domain';
import { IsDefined, IsInt, IsOptional, Max, Min } from 'class-validator';
import { ChannelEnum } from '../../api/enums.js';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { AskedKindEnum, ContactInitiatorEnum } from '../step-enums.js';

@InputType({ description: 'A successful contact, as a person reports it.' })
export class ContactInput implements ContactOrder {
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
