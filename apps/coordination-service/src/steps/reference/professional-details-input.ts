import { Field, InputType } from '@nestjs/graphql';
import type { ProfessionalDetailsInput as ProfessionalDetailsOrder } from '@spil/commands';
import { IsOptional } from 'class-validator';
import { IsSentence } from '../../input/text.js';

@InputType({ description: "Name and contact details. Stored sealed under the professional's own key." })
export class ProfessionalDetailsInput implements ProfessionalDetailsOrder {
  @Field(() => String, { description: 'Full name.' })
  @IsSentence({ max: 200 })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  @IsOptional()
  @IsSentence({ max: 200 })
  readonly email?: string | null;

  @Field(() => String, { nullable: true, description: 'Direct number (P conclusion).' })
  @IsOptional()
  @IsSentence({ max: 30 })
  readonly phone?: string | null;
}
