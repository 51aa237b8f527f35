import { Context, Field, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { enumOf } from '../api/enums.js';
import type { RequestContext } from '../api/request-context.js';
import { PersonalData, type PersonalField } from './personal-data.js';

export const PersonalStateEnum = enumOf(
  ['VALUE', 'EMPTY', 'ERASED', 'DENIED'],
  'PersonalState',
  'What there is to say of a personal field: four different answers.',
);
export type PersonalState = keyof typeof PersonalStateEnum;

@ObjectType({
  description:
    'Personal data or free text. VALUE: here it is. EMPTY: never filled in. ERASED: destroyed at the request of the client. DENIED: not for you.',
})
export class PersonalText {
  @Field(() => PersonalStateEnum)
  readonly state!: PersonalState;

  @Field(() => String, { nullable: true, description: 'Only with the state VALUE.' })
  readonly value!: string | null;
}

@Resolver(() => PersonalText)
export class PersonalTextResolver {
  constructor(private readonly personal: PersonalData) {}

  @ResolveField(() => PersonalStateEnum)
  async state(@Parent() field: PersonalField, @Context() context: RequestContext): Promise<PersonalState> {
    return (await this.personal.open(context, field)).state;
  }

  @ResolveField(() => String, { nullable: true })
  async value(@Parent() field: PersonalField, @Context() context: RequestContext): Promise<string | null> {
    return (await this.personal.open(context, field)).value;
  }
}
