import { Args, ArgsType, Field, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Day } from '@spil/domain';
import {
  personalCategories,
  processingInformation,
  type Language,
  type PersonalCategory,
  type ProcessingFacts,
  type Storage,
} from '@spil/plain-language';
import { IsDefined } from 'class-validator';
import { LanguageEnum } from '../api/document-file.js';
import { enumOf } from '../api/enums.js';
import { DayScalar, ReferenceIdScalar, UuidScalar } from '../api/scalars.js';

export const PersonalCategoryEnum = enumOf(
  personalCategories,
  'PersonalCategory',
  'A sort of personal data. CLIENT is who the client is and how to reach the person.',
);
const StorageStateEnum = enumOf(
  ['OPEN', 'ENDED', 'ERASED'] satisfies readonly Storage['state'][],
  'StorageState',
  'Whether work on a case goes on, ended, or its data are erased.',
);

@ObjectType({ description: 'How long data of the client in one case are kept.' })
export class CaseStorage {
  @Field(() => UuidScalar)
  readonly caseId!: string;

  @Field(() => StorageStateEnum)
  readonly state!: Storage['state'];

  @Field(() => DayScalar, {
    nullable: true,
    description: 'The first day on which they need not be kept any more; null unless the work ended.',
  })
  readonly until!: Day | null;
}

@ObjectType({ description: 'Another organisation that has to do with data of the client.' })
export class InvolvedOrganisation {
  @Field(() => ReferenceIdScalar)
  readonly organisationId!: string;

  @Field(() => String)
  readonly name!: string;
}

@ObjectType({ description: 'A part of what is told, in one language.' })
export class InformationSection {
  @Field(() => String)
  readonly heading!: string;

  @Field(() => [String])
  readonly lines!: readonly string[];
}

@ObjectType({
  description:
    'What the client must be told beside the data (AVG art. 15(1)): purposes, categories, recipients, storage, rights, source and automated decisions.',
})
export class ProcessingInformation {
  @Field(() => [PersonalCategoryEnum], { description: 'Of what is recorded and not erased.' })
  readonly categories!: readonly PersonalCategory[];

  @Field(() => [InvolvedOrganisation], {
    description:
      'The other organisations to which personal data of these cases were shown, by the access log.',
  })
  readonly recipients!: readonly InvolvedOrganisation[];

  @Field(() => [InvolvedOrganisation], {
    description:
      'The other organisations that recorded something in these cases: data may come from them, and they hold their own.',
  })
  readonly sources!: readonly InvolvedOrganisation[];

  @Field(() => Int, { description: 'For how many years your organisation keeps data of a closed case.' })
  readonly years!: number;

  @Field(() => Boolean, { description: 'Law or professional rules forbid to erase earlier.' })
  readonly duty!: boolean;

  @Field(() => [CaseStorage])
  readonly storage!: readonly CaseStorage[];

  /** For the words; not of the schema. */
  readonly organisationKind!: ProcessingFacts['organisationKind'];
}

@ArgsType()
class SectionsArgs {
  @Field(() => LanguageEnum)
  @IsDefined()
  readonly language!: Language;
}

/** Says it in words. */
@Resolver(() => ProcessingInformation)
export class ProcessingInformationResolver {
  @ResolveField(() => [InformationSection], {
    description: 'All of it in words for the client, with what does not differ from client to client.',
  })
  sections(
    @Parent() information: ProcessingInformation,
    @Args() { language }: SectionsArgs,
  ): readonly InformationSection[] {
    return processingInformation(factsOf(information), language);
  }
}

/** As the words take it. */
export const factsOf = ({
  organisationKind,
  categories,
  recipients,
  sources,
  years,
  duty,
  storage,
}: ProcessingInformation): ProcessingFacts => ({
  organisationKind,
  categories,
  recipients: recipients.map(({ name }) => name),
  sources: sources.map(({ name }) => name),
  term: { years, duty },
  storage,
});
