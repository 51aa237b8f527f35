import { Field, InputType } from '@nestjs/graphql';
import type { PiketQuestionInput as PiketQuestionOrder } from '@spil/commands';
import type { LegalArea, OrganisationKind, QuestionKind, WithoutDeskChoice } from '@spil/domain';
import { IsBoolean, IsDefined, IsOptional } from 'class-validator';
import { LegalAreaEnum, QuestionKindEnum, WithoutDeskChoiceEnum } from '../../api/enums.js';
import { ReferenceIdScalar } from '../../api/scalars.js';
import { AskedKindEnum } from '../step-enums.js';

@InputType({ description: 'What is asked of the desk.' })
export class PiketQuestionInput implements PiketQuestionOrder {
  @Field(() => AskedKindEnum, {
    description: 'Which kind of organisation is asked. UNKNOWN takes the import mandate.',
  })
  @IsDefined()
  readonly askedKind!: OrganisationKind | 'UNKNOWN';

  @Field(() => ReferenceIdScalar, {
    nullable: true,
    description: 'A named colleague, past the roster (P 7).',
  })
  @IsOptional()
  readonly namedProfessionalId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Ask the national helpline rather than the local desk (P 7).',
  })
  @IsOptional()
  @IsBoolean()
  readonly helpline?: boolean | null;

  @Field(() => LegalAreaEnum, { nullable: true, description: "The case's primary area when left out." })
  @IsOptional()
  readonly area?: LegalArea | null;

  @Field(() => QuestionKindEnum, { description: 'What is asked, coded.' })
  @IsDefined()
  readonly questionKind!: QuestionKind;

  @Field(() => WithoutDeskChoiceEnum, {
    nullable: true,
    description: 'What would you do without the desk? Asked before the call (R 1.4).',
  })
  @IsOptional()
  readonly withoutDesk?: WithoutDeskChoice | null;

  @Field(() => Boolean, { nullable: true, description: 'Keeps the request local (R 3.2).' })
  @IsOptional()
  @IsBoolean()
  readonly localKnowledgeNeeded?: boolean | null;
}
