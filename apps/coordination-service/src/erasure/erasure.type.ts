import { Field, ObjectType } from '@nestjs/graphql';
import type {
  ErasureGround,
  ErasureObjection,
  ErasurePostponed,
  ErasureRefusalGround,
  IdentityCheck,
  KeptCase,
  Party,
} from '@spil/domain';
import {
  cursorOf,
  erasureStates,
  placeOfErasure,
  type ErasureDocument,
  type ErasureStateName,
} from '@spil/read-model';
import {
  enumOf,
  ErasureGroundEnum,
  ErasureObjectionEnum,
  ErasurePostponementGroundEnum,
  ErasureRefusalGroundEnum,
  IdentityCheckEnum,
} from '../api/enums.js';
import { DayScalar, InstantScalar, ReferenceIdScalar, UuidScalar } from '../api/scalars.js';
import { PartyType } from '../api/shared-types.js';

export const ErasureStateEnum = enumOf(
  erasureStates,
  'ErasureState',
  'How far a request to erase is. ORDERED: it is being carried out; COMPLETED: there is a certificate.',
);

@ObjectType({ description: 'The request was turned down.' })
export class ErasureTurnedDown {
  @Field(() => ErasureRefusalGroundEnum)
  readonly ground!: ErasureRefusalGround;

  @Field(() => PartyType)
  readonly by!: Party;

  @Field(() => InstantScalar)
  readonly at!: string;
}

@ObjectType({ description: 'The request waits, or waited.' })
export class ErasurePostponement {
  @Field(() => ErasurePostponementGroundEnum)
  readonly ground!: ErasurePostponed['ground'];

  @Field(() => DayScalar)
  readonly until!: string;

  @Field(() => PartyType)
  readonly by!: Party;

  @Field(() => InstantScalar)
  readonly at!: string;
}

@ObjectType({ description: 'A case whose data stay for now, and why.' })
export class KeptCaseType implements KeptCase {
  @Field(() => UuidScalar)
  readonly caseId!: string;

  @Field(() => ErasureObjectionEnum)
  readonly objection!: ErasureObjection;

  @Field(() => DayScalar, { nullable: true, description: 'When it passes, where that is known.' })
  readonly until!: string | null;
}

@ObjectType({ description: 'A case of which the data are gone: the key that opened them was destroyed.' })
export class ErasedCase {
  @Field(() => UuidScalar)
  readonly caseId!: string;

  @Field(() => UuidScalar, {
    nullable: true,
    description: 'Of the destroyed key; null when nothing personal had been recorded.',
  })
  readonly keyId!: string | null;

  @Field(() => InstantScalar)
  readonly destroyedAt!: string;

  @Field(() => [ReferenceIdScalar], {
    nullable: true,
    description:
      'To which other organisations something of the client was shown in this case; null when it was erased by a release that did not note it.',
  })
  readonly recipients!: readonly string[] | null;
}

@ObjectType({ description: 'An organisation to which data were shown that are erased now.' })
export class ErasureRecipient {
  @Field(() => ReferenceIdScalar)
  readonly organisationId!: string;

  @Field(() => String, { description: 'As the organisation is called today; its id when it is not known.' })
  readonly name!: string;
}

@ObjectType({
  description: 'What was erased, when, and under which order. Holds ids only, so that it can be kept.',
})
export class ErasureCertificate {
  @Field(() => UuidScalar, { description: 'Of the order.' })
  readonly erasureId!: string;

  @Field(() => UuidScalar, { description: 'Random; nothing leads from it to the client any more.' })
  readonly clientId!: string;

  @Field(() => ReferenceIdScalar, { description: 'Whose data were erased.' })
  readonly organisationId!: string;

  @Field(() => PartyType)
  readonly orderedBy!: Party;

  @Field(() => InstantScalar)
  readonly orderedAt!: string;

  @Field(() => InstantScalar)
  readonly completedAt!: string;

  @Field(() => [ErasedCase])
  readonly erased!: readonly ErasedCase[];

  @Field(() => [ErasureRecipient], {
    nullable: true,
    description:
      'Whom you are to tell of this erasure, unless that is impossible or takes a disproportionate effort (AVG art. 19): the other organisations to which, by the access log, something of the client was shown in the erased cases. Fixed when the certificate was made; null when it was made by a release that did not note it.',
  })
  readonly recipients!: readonly ErasureRecipient[] | null;

  @Field(() => [KeptCaseType], { description: 'Cases that nothing was erased of, and why.' })
  readonly kept!: readonly KeptCase[];

  @Field(() => DayScalar, {
    description: 'Wrapped keys may linger in backups of the key database until this day, 30 days at most.',
  })
  readonly backupsUntil!: string;
}

@ObjectType('Erasure', { description: 'A request to erase the data that an organisation holds of a client.' })
export class ErasureType {
  @Field(() => UuidScalar)
  readonly id!: string;

  @Field(() => UuidScalar)
  readonly clientId!: string;

  @Field(() => UuidScalar, { nullable: true, description: 'The one case that is meant; null for all.' })
  readonly caseId!: string | null;

  @Field(() => ErasureGroundEnum)
  readonly ground!: ErasureGround;

  @Field(() => IdentityCheckEnum, { nullable: true, description: 'Null when nobody asked.' })
  readonly identityCheck!: IdentityCheck | null;

  @Field(() => ErasureStateEnum)
  readonly state!: ErasureStateName;

  @Field(() => PartyType)
  readonly requestedBy!: Party;

  @Field(() => InstantScalar)
  readonly requestedAt!: string;

  @Field(() => InstantScalar, { description: 'The client is to hear by then (AVG art. 12(3)).' })
  readonly answerBy!: string;

  @Field(() => ErasureTurnedDown, { nullable: true })
  readonly refused!: ErasureTurnedDown | null;

  @Field(() => ErasurePostponement, { nullable: true, description: 'The last one.' })
  readonly postponed!: ErasurePostponement | null;

  @Field(() => [UuidScalar], {
    description:
      'Cases on which who ordered or refused could not decide: request their erasure anew. Empty for whoever could not either.',
  })
  readonly leftToColleagues!: readonly string[];

  @Field(() => ErasureCertificate, { nullable: true, description: 'Null until everything is done.' })
  readonly certificate!: ErasureCertificate | null;

  @Field(() => String, { description: 'Opaque; its place in `erasures`, for `after`.' })
  readonly cursor!: string;
}

/** What an organisation is called. */
export type NameOf = (organisationId: string) => string;

/** A request to erase as its answer. */
export const erasureType = (document: ErasureDocument, nameOf: NameOf): ErasureType => ({
  id: document.erasureId,
  clientId: document.clientId,
  caseId: document.caseId,
  ground: document.ground,
  identityCheck: document.identityCheck,
  state: document.state,
  requestedBy: document.requestedBy,
  requestedAt: document.requestedAt,
  answerBy: document.answerBy,
  refused: document.refused,
  postponed: document.postponed,
  leftToColleagues: (document.ordered ?? document.refused)?.left ?? [],
  certificate: certificateOf(document, nameOf),
  cursor: cursorOf(placeOfErasure(document)),
});

/** Every organisation that is to hear of an erasure, once; none while it is not done. */
export const recipientsOf = ({ completed }: ErasureDocument): string[] => [
  ...new Set(completed?.destroyed.flatMap(({ recipients = [] }) => recipients)),
];

function certificateOf(document: ErasureDocument, nameOf: NameOf): ErasureCertificate | null {
  const { ordered, completed, erasureId, clientId, organisationId } = document;
  if (ordered === null || completed === null) return null;
  const noted = completed.destroyed.every(({ recipients }) => recipients !== undefined);
  return {
    erasureId,
    clientId,
    organisationId,
    orderedBy: ordered.by,
    orderedAt: ordered.at,
    completedAt: completed.at,
    erased: completed.destroyed.map((one) => ({ ...one, recipients: one.recipients ?? null })),
    recipients: noted ? recipientsOf(document).map((id) => ({ organisationId: id, name: nameOf(id) })) : null,
    kept: ordered.kept,
    backupsUntil: completed.backupsUntil,
  };
}
