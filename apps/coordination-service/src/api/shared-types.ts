import { Field, ObjectType } from '@nestjs/graphql';
import type { Actor, OrganisationKind, Party } from '@spil/domain';
import { GraphQLScalarType } from 'graphql';
import { enumOf, OrganisationKindEnum } from './enums.js';
import { ReferenceIdScalar } from './scalars.js';

@ObjectType('Party', { description: 'A professional in the capacity in which he or she acted then.' })
export class PartyType implements Party {
  @Field(() => ReferenceIdScalar)
  readonly professionalId!: string;

  @Field(() => ReferenceIdScalar)
  readonly organisationId!: string;

  @Field(() => OrganisationKindEnum)
  readonly organisationKind!: OrganisationKind;

  @Field(() => ReferenceIdScalar)
  readonly locationId!: string;
}

export const ActorKindEnum = enumOf(
  ['PROFESSIONAL', 'SYSTEM'],
  'ActorKind',
  'A person, or a process of the product.',
);
export const MandateEnum = enumOf(
  ['CASEWORK', 'IMPORT', 'ADMINISTRATION', 'DATA_PROTECTION', 'PROCESS'],
  'Mandate',
  'Under which authority something was recorded.',
);

@ObjectType('Actor', { description: 'Who recorded an event: ids only, never a name.' })
export class ActorType {
  @Field(() => ActorKindEnum)
  readonly kind!: Actor['kind'];

  @Field(() => PartyType, { nullable: true, description: 'Null for a process.' })
  readonly party!: Party | null;

  @Field(() => String, { nullable: true, description: 'Which process; null for a person.' })
  readonly process!: string | null;
}

export const actorType = (actor: Actor): ActorType =>
  actor.kind === 'SYSTEM'
    ? { kind: actor.kind, party: null, process: actor.process }
    : { kind: actor.kind, party: actor, process: null };

/** Output only: what an event states is different for every type of event. */
export const FactsScalar = new GraphQLScalarType<Readonly<Record<string, unknown>>>({
  name: 'Facts',
  description:
    'The fields of an event in the clear, as a JSON object. Sealed fields are not in it; they are named beside it.',
  serialize: (value) => value as Readonly<Record<string, unknown>>,
  parseValue: () => {
    throw new TypeError('facts are never an input');
  },
});
