import { createUnionType, Field, ID, ObjectType } from '@nestjs/graphql';
import type { StepResult } from '@spil/commands';
import { isRevoking, type RefusalCode } from '@spil/domain';
import { enumOf, RefusalCodeEnum } from '../api/enums.js';
import { PositionScalar, RevisionScalar } from '../api/scalars.js';
import { refusalTexts } from './refusal-texts.js';

@ObjectType({ description: 'An id that a step made, to be named in later steps.' })
export class CreatedId {
  @Field(() => String, { description: 'What it identifies, for example `piketRequest` or `conversation`.' })
  readonly kind!: string;

  @Field(() => ID)
  readonly id!: string;
}

export const EffectiveEnum = enumOf(
  ['APPLIED', 'PENDING'],
  'Effective',
  'PENDING: access that the step ended is ended for the case itself, and not yet in every list; lists show nothing personal until it is.',
);
export type Effective = keyof typeof EffectiveEnum;

@ObjectType({ description: 'The step was recorded.' })
export class StepAccepted {
  @Field(() => ID, {
    description: 'The case, or the location, organisation, professional or request to erase.',
  })
  readonly id!: string;

  @Field(() => RevisionScalar, {
    description: 'Number of the last event; name it as `expectedRevision` in a next step.',
  })
  readonly revision!: bigint;

  @Field(() => PositionScalar, { description: 'Place in the log; a query with `atLeast` waits for it.' })
  readonly position!: bigint;

  @Field(() => [CreatedId])
  readonly created!: readonly CreatedId[];

  @Field(() => String, {
    nullable: true,
    description: 'When a case was opened: the code to read out to the other side (R 2.4).',
  })
  readonly registrationCode!: string | null;

  @Field(() => EffectiveEnum, {
    description: 'Whether what the step means for who may see the case holds everywhere yet.',
  })
  readonly effective!: Effective;

  /** Not a field of the schema: the step may have ended somebody's access. */
  readonly revoking!: boolean;
}

@ObjectType({ description: 'A fact that a refusal states.' })
export class RefusalFact {
  @Field(() => String)
  readonly name!: string;

  @Field(() => [String])
  readonly values!: readonly string[];
}

@ObjectType({ description: 'What a refusal says to a person, and what to do next.' })
export class RefusalMessage {
  @Field(() => String, { description: 'In Dutch.' })
  readonly nl!: string;

  @Field(() => String, { description: 'In English.' })
  readonly en!: string;
}

@ObjectType({ description: 'The step was refused; nothing was recorded.' })
export class StepRefused {
  @Field(() => RefusalCodeEnum)
  readonly code!: RefusalCode;

  @Field(() => String, {
    nullable: true,
    description: 'The rule that refused, for example `rule 5` or `R 1.2`.',
  })
  readonly rule!: string | null;

  @Field(() => String, { nullable: true, description: 'The input field at fault, where one is.' })
  readonly field!: string | null;

  @Field(() => [RefusalFact])
  readonly facts!: readonly RefusalFact[];

  @Field(() => RefusalMessage)
  readonly message!: RefusalMessage;
}

export const StepPayload = createUnionType({
  name: 'StepPayload',
  description: 'What became of a step.',
  types: () => [StepAccepted, StepRefused] as const,
  resolveType: (value: StepAccepted | StepRefused) => ('code' in value ? StepRefused : StepAccepted),
});

/** What the domain calls by another name than the inputs do. */
const inputFields: Readonly<Record<string, string>> = {
  to: 'toProfessionalId',
  coordinator: 'professionalId',
  fact: 'id',
};

/** The outcome of a step as its answer. */
export function payloadOf(result: StepResult): StepAccepted | StepRefused {
  if (result.kind === 'accepted') {
    const { aggregateId, revision, position, created, registrationCode } = result;
    return {
      id: aggregateId,
      revision,
      position,
      created,
      registrationCode: registrationCode ?? null,
      effective: 'APPLIED',
      revoking: result.events.some(({ type }) => isRevoking(type)),
    };
  }
  const { code, rule, field, facts } = result.refusal;
  return {
    code,
    rule: rule ?? null,
    field: field === undefined ? null : (inputFields[field] ?? field),
    facts: Object.entries(facts).map(([name, value]) => ({ name, values: [value ?? []].flat().map(String) })),
    message: refusalTexts[code],
  };
}
