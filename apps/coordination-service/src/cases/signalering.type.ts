import { Field, ObjectType } from '@nestjs/graphql';
import type {
  CaseOutcome,
  CaseSolution,
  FlagKind,
  Party,
  SelfRelianceOutcome,
  SignaleringTheme,
} from '@spil/domain';
import type { CaseDocument } from '@spil/read-model';
import {
  CaseOutcomeEnum,
  CaseSolutionEnum,
  FlagKindEnum,
  SelfRelianceOutcomeEnum,
  SignaleringThemeEnum,
} from '../api/enums.js';
import { InstantScalar, UuidScalar } from '../api/scalars.js';
import { PartyType } from '../api/shared-types.js';
import type { Personal, PersonalField } from '../personal/personal-data.js';
import { PersonalText } from '../personal/personal-text.js';

@ObjectType({ description: 'How far the client can act alone, as assessed (P 12).' })
export class SelfRelianceAssessment {
  @Field(() => UuidScalar)
  readonly assessmentId!: string;

  @Field(() => PartyType)
  readonly assessedBy!: Party;

  @Field(() => SelfRelianceOutcomeEnum)
  readonly outcome!: SelfRelianceOutcome;

  @Field(() => Boolean, {
    description: 'Self-reliance was wrongly assumed by a rule or an institution (P 11).',
  })
  readonly wronglyAssumed!: boolean;

  @Field(() => PersonalText)
  readonly indicators!: PersonalField;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

@ObjectType({ description: 'The case was marked as worth discussing at the signaleringsoverleg.' })
export class Flag {
  @Field(() => UuidScalar)
  readonly flagId!: string;

  @Field(() => UuidScalar)
  readonly registrationId!: string;

  @Field(() => PartyType)
  readonly flaggedBy!: Party;

  @Field(() => FlagKindEnum, {
    nullable: true,
    description: 'Null when a registration only answered that it is relevant.',
  })
  readonly kind!: FlagKind | null;

  @Field(() => [SignaleringThemeEnum])
  readonly themes!: readonly SignaleringTheme[];

  @Field(() => Boolean)
  readonly selfRelianceWronglyAssumed!: boolean;

  @Field(() => Boolean)
  readonly gapInLegalAid!: boolean;

  @Field(() => Boolean)
  readonly bestPracticeCandidate!: boolean;

  @Field(() => PersonalText, { description: 'Sealed until its wording is released (rule 9).' })
  readonly note!: PersonalField;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

@ObjectType({ description: 'How the case was closed.' })
export class Closing {
  @Field(() => PartyType)
  readonly closedBy!: Party;

  @Field(() => CaseOutcomeEnum)
  readonly outcome!: CaseOutcome;

  @Field(() => CaseSolutionEnum)
  readonly solution!: CaseSolution;

  @Field(() => Boolean, { nullable: true, description: 'Null when not answered.' })
  readonly solvedInFirstLine!: boolean | null;

  @Field(() => InstantScalar)
  readonly occurredAt!: string;
}

export const signaleringFields = (document: CaseDocument, personal: Personal) => ({
  assessments: document.assessments.map((entry): SelfRelianceAssessment => ({
    ...entry,
    indicators: personal(entry.indicators),
  })),
  flags: document.flags.map((entry): Flag => ({ ...entry, note: personal(entry.note) })),
  closing: document.closed,
});
