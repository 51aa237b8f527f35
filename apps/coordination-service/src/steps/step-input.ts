import { Field, InputType } from '@nestjs/graphql';
import type { StepOrder } from '@spil/commands';
import { IsBoolean, IsDefined, IsOptional } from 'class-validator';
import type { Asking } from '../auth/current-asker.js';
import { InstantScalar, RevisionScalar, UuidScalar } from '../api/scalars.js';

/** What every command says. */
@InputType({ isAbstract: true })
export class CommandInput {
  @Field(() => UuidScalar, {
    description: 'Chosen by the caller; repeating a command with its id changes nothing (rule 11).',
  })
  @IsDefined()
  readonly commandId!: string;
}

/** What a step that may have happened earlier says beside its own facts. */
@InputType({ isAbstract: true })
export class StepInput extends CommandInput {
  @Field(() => InstantScalar, {
    nullable: true,
    description:
      'When the step happened; now when left out. More than 30 days back takes the import mandate.',
  })
  @IsOptional()
  readonly occurredAt?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Under the import mandate: facts of long ago, which start no deadlines.',
  })
  @IsOptional()
  @IsBoolean()
  readonly asImport?: boolean | null;
}

/** A step on a case that exists. */
@InputType({ isAbstract: true })
export class CaseStepInput extends StepInput {
  @Field(() => UuidScalar, { description: 'The case.' })
  @IsDefined()
  readonly caseId!: string;

  @Field(() => RevisionScalar, {
    nullable: true,
    description:
      'The revision that the caller saw; a case that moved on is refused, and whoever may see its history is told what changed (rule 11).',
  })
  @IsOptional()
  readonly expectedRevision?: bigint | null;
}

/** Who orders the step, what for, and how it is told apart from every other. */
export const orderOf = (
  input: StepInput & { readonly expectedRevision?: bigint | null },
  { principal, purpose }: Asking,
  correlationId: string,
): StepOrder => ({
  commandId: input.commandId,
  principal,
  purpose,
  correlationId,
  occurredAt: input.occurredAt ?? null,
  expectedRevision: input.expectedRevision ?? null,
  asImport: input.asImport ?? false,
});

/** The step's own facts: everything but what the order says. */
export function factsIn<Input extends StepInput>(input: Input): Omit<Input, OrderField> {
  const own = Object.entries(input).filter(([name]) => !orderFields.includes(name));
  // What is left is the input without the fields that the type leaves out too.
  return Object.fromEntries(own) as Omit<Input, OrderField>;
}

type OrderField = 'commandId' | 'occurredAt' | 'asImport' | 'expectedRevision';
const orderFields: readonly string[] = [
  'commandId',
  'occurredAt',
  'asImport',
  'expectedRevision',
] satisfies OrderField[];
