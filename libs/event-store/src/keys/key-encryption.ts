/** A wrapped data key: nonce, ciphertext and tag in one, and the key-encryption key that wrapped it. */
export interface WrappedKey {
  readonly kekId: string;
  readonly wrapped: Buffer;
}

/**
 * Wraps and unwraps data keys: a key ring in a file, or a key management service that gives no key-encryption key away.
 * `boundTo` names the row of the data key; a wrapped key moved to another row must not unwrap.
 */
export interface KeyEncryption {
  /** Id of the key-encryption key that wraps now; the others only unwrap what they wrapped before a rotation. */
  activeKekId(): string | Promise<string>;
  wrap(key: Buffer, boundTo: string): WrappedKey | Promise<WrappedKey>;
  /** @throws Error when the key-encryption key is not to be had, or the row was changed */
  unwrap(wrapped: WrappedKey, boundTo: string): Buffer | Promise<Buffer>;
}

/** What a wrapped data key is bound to. */
export const boundTo = (keyId: string, subject: string): string => JSON.stringify([keyId, subject]);
