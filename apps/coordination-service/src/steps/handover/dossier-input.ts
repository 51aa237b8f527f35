import { Field, InputType } from '@nestjs/graphql';
import type { HandoverDossierInput as HandoverDossierOrder } from '@spil/commands';
import { ArrayMaxSize, IsOptional } from 'class-validator';
import { IsPlainText, IsSentence } from '../../input/text.js';

@InputType({ description: 'The standard form of a warm handover (P 5). Stored sealed as a whole.' })
export class HandoverDossierInput implements HandoverDossierOrder {
  @Field(() => String, { description: 'Short sketch of the case.' })
  @IsPlainText({ max: 8000 })
  readonly caseSketch!: string;

  @Field(() => String, { nullable: true, description: 'Advice given so far.' })
  @IsOptional()
  @IsPlainText({ max: 8000 })
  readonly adviceSoFar?: string | null;

  @Field(() => [String], { nullable: true, description: 'What is handed over with the form.' })
  @IsOptional()
  @ArrayMaxSize(50)
  @IsSentence({ max: 300 }, { each: true })
  readonly documents?: readonly string[] | null;

  @Field(() => String, { description: 'How the receiver reaches the sender.' })
  @IsSentence({ max: 300 })
  readonly senderContact!: string;
}
