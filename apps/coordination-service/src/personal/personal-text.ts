import { Inject, Injectable } from '@nestjs/common';
import { Context, Field, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BrokenSeal, Sealer, type JsonObject, type JsonValue, type Unsealed } from '@spil/event-store';
import { isErased, type SealedField, type SealedValue } from '@spil/read-model';
import DataLoader from 'dataloader';
import { enumOf } from '../api/enums.js';
import { oncePerRequest, type RequestContext } from '../api/request-context.js';

export const PersonalStateEnum = enumOf(
  ['VALUE', 'EMPTY', 'ERASED', 'DENIED'],
  'PersonalState',
  'What there is to say of a personal field: four different answers.',
);
export type PersonalState = keyof typeof PersonalStateEnum;

/** A personal field on its way to an answer: ciphertext, and whether the asker may see it in the clear. */
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

/** What {@link PersonalText} is resolved from. */
export interface PersonalField {
  readonly sealed: SealedField | null;
  readonly allowed: boolean;
  /** Where the sealed value is an object: which of its fields. */
  readonly key: string | null;
}

/** Makes fields for one asker and one case. */
export type Personal = (sealed: SealedField | null | undefined, key?: string) => PersonalField;

export const personalFor =
  (allowed: boolean): Personal =>
  (sealed, key) => ({ sealed: sealed ?? null, allowed, key: key ?? null });

const loaderKey = Symbol('personal data of this request');

/** Opens the sealed fields of one request together. */
@Injectable()
export class PersonalData {
  constructor(@Inject(Sealer) private readonly sealer: Sealer) {}

  /** @throws KeyStoreUnavailable */
  async open(context: RequestContext, { sealed, allowed, key }: PersonalField): Promise<PersonalText> {
    if (!allowed) return { state: 'DENIED', value: null };
    if (sealed === null) return empty;
    if (isErased(sealed)) return erased;
    const unsealed = await this.loader(context).load(sealed);
    if (unsealed.status === 'ERASED') return erased;
    const text = textOf(unsealed.value, key);
    return text === null ? empty : { state: 'VALUE', value: text };
  }

  private loader(context: RequestContext): DataLoader<SealedValue, Unsealed> {
    return oncePerRequest(
      context,
      loaderKey,
      () => new DataLoader<SealedValue, Unsealed>((fields) => this.openAll(fields), { maxBatchSize: 500 }),
    );
  }

  /** One broken seal must not hide the other fields. */
  private async openAll(fields: readonly SealedValue[]): Promise<(Unsealed | Error)[]> {
    try {
      return await this.sealer.unsealMany(fields);
    } catch (cause) {
      if (!(cause instanceof BrokenSeal)) throw cause;
      return Promise.all(
        fields.map((field) =>
          this.sealer.unseal(field.sealed, field).catch((one: unknown) => {
            if (one instanceof BrokenSeal) return one;
            throw one;
          }),
        ),
      );
    }
  }
}

const empty: PersonalText = { state: 'EMPTY', value: null };
const erased: PersonalText = { state: 'ERASED', value: null };

/** A text; one field of what was sealed as an object; or all of an object or list, one a line. */
export function textOf(value: JsonValue | undefined, key: string | null): string | null {
  if (key !== null) return isObject(value) && Object.hasOwn(value, key) ? textOf(value[key], null) : null;
  if (value === null || value === undefined || value === '') return null;
  if (isList(value)) return linesOf(value.map((line) => textOf(line, null)));
  if (!isObject(value)) return String(value);
  return linesOf(
    Object.entries(value).map(([name, field]) => {
      const text = textOf(field, null);
      return text === null ? null : `${name}: ${text}`;
    }),
  );
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);

const linesOf = (lines: readonly (string | null)[]): string | null =>
  lines.filter((line) => line !== null).join('\n') || null;

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
