import { inspect } from 'node:util';
import type { Sealed } from '@spil/domain';
import type { KeySubject } from '../keys/key-subject.js';
import type { JsonValue } from './json.js';

/**
 * Plaintext on its way to being sealed. Sealing waits for the encoder, because the event's id is part of what the seal is bound
 * to. The plaintext sits in a private field, out of reach of JSON, inspection, cloning and loggers.
 */
export class PendingSeal {
  readonly #plaintext: JsonValue;
  readonly #subject: KeySubject;

  constructor(plaintext: JsonValue, subject: KeySubject) {
    this.#plaintext = plaintext;
    this.#subject = subject;
  }

  /** For the encoder and the fingerprint only. */
  static open(seal: PendingSeal): { plaintext: JsonValue; subject: KeySubject } {
    return { plaintext: seal.#plaintext, subject: seal.#subject };
  }

  toJSON(): string {
    return '[sealed]';
  }

  toString(): string {
    return '[sealed]';
  }

  [inspect.custom](): string {
    return '[sealed]';
  }
}

/** Wraps personal data so that the domain sees an opaque value; it is encrypted under the subject's key when its event is encoded. */
export const pendingSeal = (plaintext: JsonValue, subject: KeySubject): Sealed =>
  new PendingSeal(plaintext, subject) as unknown as Sealed;
