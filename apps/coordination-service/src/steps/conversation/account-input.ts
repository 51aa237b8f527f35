import { Field, InputType, Int } from '@nestjs/graphql';
import type { ConversationAccountInput as ConversationAccountOrder } from '@spil/commands';
import type { ConversationResult, LatAnswer } from '@spil/domain';
import { IsDefined, IsInt, IsOptional, Max, Min } from 'class-validator';
import { ConversationResultEnum, LatAnswerEnum } from '../../api/enums.js';
import { IsPlainText } from '../../input/text.js';

@InputType({ description: "One side's account of a conversation." })
export class ConversationAccountInput implements ConversationAccountOrder {
  @Field(() => ConversationResultEnum, { description: 'What came of the conversation.' })
  @IsDefined()
  readonly result!: ConversationResult;

  @Field(() => String, { nullable: true, description: 'Stored sealed.' })
  @IsOptional()
  @IsPlainText({ max: 4000 })
  readonly advice?: string | null;

  @Field(() => Int, { nullable: true, description: 'Minutes.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(600)
  readonly durationMinutes?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: '1 to 10; leave out when not answered, never 0 (R footnote 8).',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10)
  readonly rating?: number | null;

  @Field(() => String, { nullable: true, description: 'Why this rating. Stored sealed.' })
  @IsOptional()
  @IsPlainText({ max: 2000 })
  readonly motivation?: string | null;

  @Field(() => LatAnswerEnum, {
    nullable: true,
    description: 'Would a LAT have been requested without the desk? Asked of the asking side only (R 2.4).',
  })
  @IsOptional()
  readonly latWithoutDesk?: LatAnswer | null;
}
