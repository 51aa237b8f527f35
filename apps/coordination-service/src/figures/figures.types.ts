import { Field, Int, ObjectType } from '@nestjs/graphql';
import { registrationKinds, type ConversationSide, type OrganisationKind } from '@spil/domain';
import {
  leads,
  type Bucket,
  type ContactCount,
  type CountBy,
  type FigureFilter,
  type HandoverStatus,
  type Lead,
  type LeadTime,
  type PairCount,
  type Ratings,
  type Relevance,
  type UsersByKind,
} from '@spil/read-model';
import { ConversationSideEnum, enumOf, OrganisationKindEnum } from '../api/enums.js';
import { HandoverStatusEnum } from '../cases/referral.type.js';
import { AskedKindEnum, ContactInitiatorEnum } from '../steps/step-enums.js';

export const CountedRegistrationEnum = enumOf(
  [...registrationKinds, 'COUNTERPART'],
  'CountedRegistration',
  "Why a case was opened, or COUNTERPART for the other side's registration on a known code.",
);

@ObjectType({ description: 'Users by organisation kind (R 2.2).' })
export class UsersFigure implements UsersByKind {
  @Field(() => OrganisationKindEnum)
  readonly organisationKind!: OrganisationKind;

  @Field(() => Int, { description: 'Registered on the last day of the period and not left.' })
  readonly registered!: number;

  @Field(() => Int, { description: 'Made at least one registration in the period; distinct people.' })
  readonly active!: number;
}

@ObjectType({ description: 'A count for one location, area or organisation kind.' })
export class CountFigure implements CountBy {
  @Field(() => String, { description: 'Location id, legal area or organisation kind.' })
  readonly key!: string;

  @Field(() => Int)
  readonly count!: number;
}

@ObjectType({ description: 'Registrations by why the case was opened (R 2.3.2).' })
export class RegistrationKindFigure {
  @Field(() => OrganisationKindEnum)
  readonly organisationKind!: OrganisationKind;

  @Field(() => CountedRegistrationEnum)
  readonly registrationKind!: string;

  @Field(() => Int)
  readonly count!: number;
}

@ObjectType({
  description: 'Registrations by whether they are relevant for the signaleringsoverleg (R tables 2.1-2.3).',
})
export class RelevanceFigure implements Relevance {
  @Field(() => String, { description: 'Location id, legal area or organisation kind.' })
  readonly key!: string;

  @Field(() => Int)
  readonly yes!: number;

  @Field(() => Int)
  readonly no!: number;

  @Field(() => Int)
  readonly notAnswered!: number;

  @Field(() => Int)
  readonly notAsked!: number;
}

@ObjectType({ description: 'A count for a pair of organisation kinds.' })
export class PairFigure implements PairCount {
  @Field(() => OrganisationKindEnum)
  readonly askingKind!: OrganisationKind;

  @Field(() => AskedKindEnum)
  readonly otherKind!: OrganisationKind | 'UNKNOWN';

  @Field(() => Int)
  readonly count!: number;
}

@ObjectType({
  description: 'Successful contacts by the kind that reported them and the kind that was reached.',
})
export class ContactFigure implements ContactCount {
  @Field(() => OrganisationKindEnum)
  readonly reportingKind!: OrganisationKind;

  @Field(() => AskedKindEnum)
  readonly reachedKind!: OrganisationKind | 'UNKNOWN';

  @Field(() => ContactInitiatorEnum, { description: 'DRS did not record it (R footnote 7).' })
  readonly initiatedBy!: ConversationSide | 'UNKNOWN';

  @Field(() => Int)
  readonly count!: number;
}

@ObjectType({ description: 'Registrations by whether their case had a successful contact (R 2.3.1).' })
export class ContactOutcomeFigure {
  @Field(() => Int)
  readonly withContact!: number;

  @Field(() => Int)
  readonly withoutContact!: number;
}

@ObjectType({
  description:
    'Complete registrations by the answer: would a LAT have been requested without the desk? (R 2.4)',
})
export class LatFigure {
  @Field(() => Int)
  readonly yes!: number;

  @Field(() => Int)
  readonly no!: number;

  @Field(() => Int, { description: 'Not answered is not no.' })
  readonly notAnswered!: number;
}

@ObjectType({ description: 'How often a rating was given.' })
export class RatingCount {
  @Field(() => Int, { description: '1 to 10.' })
  readonly rating!: number;

  @Field(() => Int)
  readonly count!: number;
}

@ObjectType({
  description: 'How one side rated its conversations; unanswered ones stand apart (R footnote 8).',
})
export class RatingsFigure implements Ratings {
  @Field(() => ConversationSideEnum)
  readonly side!: ConversationSide;

  @Field(() => [RatingCount], { description: 'Ratings never given are left out.' })
  readonly distribution!: readonly RatingCount[];

  @Field(() => Int)
  readonly notAnswered!: number;
}

@ObjectType({ description: 'Handovers prepared in the period, by where they stand now.' })
export class HandoverFigure {
  @Field(() => HandoverStatusEnum)
  readonly status!: HandoverStatus;

  @Field(() => Int)
  readonly count!: number;
}

export const LeadEnum = enumOf(leads, 'Lead', 'Two steps of a case with a wait between them.');

@ObjectType({ description: 'Minutes: at least `from`, less than `to`.' })
export class MinutesBucket implements Bucket {
  @Field(() => Int)
  readonly from!: number;

  @Field(() => Int, { nullable: true, description: 'Null: no upper end.' })
  readonly to!: number | null;
}

@ObjectType({ description: 'How long a wait lasted, over those that ended in the period.' })
export class LeadTimeFigure implements LeadTime {
  @Field(() => LeadEnum)
  readonly lead!: Lead;

  @Field(() => Int)
  readonly count!: number;

  @Field(() => MinutesBucket, { nullable: true, description: 'Half the waits were over within it.' })
  readonly median!: Bucket | null;

  @Field(() => MinutesBucket, { nullable: true, description: 'Nine in ten waits were over within it.' })
  readonly p90!: Bucket | null;
}

@ObjectType('Figures', {
  description: 'Governance figures of one selection; each field is one family of figures.',
})
export class FiguresType {
  /** Not a field of the schema: the selection. */
  readonly filter!: FigureFilter;
}
