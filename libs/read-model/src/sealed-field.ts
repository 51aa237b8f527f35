import type { Sealed } from '@spil/domain';

/** A sealed value as a read model holds it: ciphertext, until its key is destroyed. */
export type SealedField = SealedValue | ErasedValue;

/** Ciphertext, and the event that it must be opened with. */
export interface SealedValue {
  readonly stream: string;
  readonly eventId: string;
  readonly sealed: Sealed;
}

/** There was a value; nothing of it is left, not even ciphertext. */
export interface ErasedValue {
  readonly erased: true;
}

export const isErased = (field: SealedField): field is ErasedValue => 'erased' in field;

type Primitive = string | number | boolean | bigint | null | undefined;

/** The same shape with every sealed value located at its event. */
export type Located<T> = T extends Sealed
  ? SealedField
  : T extends Primitive
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Located<Item>[]
      : { readonly [Field in keyof T]: Located<T[Field]> };

/** Dotted paths of the sealed fields in a shape, for example `facts.clientQuestion`. */
export type SealedPath<T> = {
  [Field in keyof T & string]: NonNullable<T[Field]> extends Sealed
    ? Field
    : NonNullable<T[Field]> extends Primitive | readonly unknown[]
      ? never
      : `${Field}.${SealedPath<NonNullable<T[Field]>>}`;
}[keyof T & string];
