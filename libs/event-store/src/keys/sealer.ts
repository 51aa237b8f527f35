import type { Sealed } from '@spil/domain';
import { BrokenSeal, envelopeOf, openEnvelope, type SealPlace } from '../codec/envelope.js';
import type { JsonValue } from '../codec/json.js';
import type { FoundKey, KeyStore } from './key-store.js';
import type { KeySubject } from './key-subject.js';

/**
 * A sealed value opened, with whose data its key protects; or the news that its key was destroyed. Empty and denied are other answers,
 * given elsewhere.
 */
export type Unsealed =
  | { readonly status: 'VALUE'; readonly value: JsonValue; readonly subject: KeySubject }
  | { readonly status: 'ERASED' };

/** A sealed value with the event it belongs to. */
export interface SealedAt extends SealPlace {
  readonly sealed: Sealed;
}

/** Opens sealed values for those who may see them; who may is decided before. */
export class Sealer {
  constructor(private readonly keys: KeyStore) {}

  /** @throws KeyStoreUnavailable; BrokenSeal when the value was moved or changed */
  async unseal(sealed: Sealed, place: SealPlace): Promise<Unsealed> {
    const keyId = envelopeOf(sealed).kid;
    return openWith((await this.keys.keysById([keyId])).get(keyId), { sealed, ...place });
  }

  /** The same for many, in the order given, with one look-up. @throws KeyStoreUnavailable, BrokenSeal */
  async unsealMany(values: readonly SealedAt[]): Promise<Unsealed[]> {
    const keys = await this.keys.keysById([...new Set(values.map(({ sealed }) => envelopeOf(sealed).kid))]);
    return values.map((value) => openWith(keys.get(envelopeOf(value.sealed).kid), value));
  }
}

function openWith(key: FoundKey, { sealed, stream, eventId }: SealedAt): Unsealed {
  if (key === undefined) throw new BrokenSeal('the key store never had its key');
  if (key === 'ERASED') return { status: 'ERASED' };
  const value = openEnvelope(envelopeOf(sealed), key.key, { stream, eventId });
  return { status: 'VALUE', value, subject: key.subject };
}
