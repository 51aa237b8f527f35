/**
 * Whose data a data key protects. A client's data have one key per case and controlling organisation, because a lawyer's account
 * has its own retention and professional secrecy; `REFERENCE` protects nobody's data and serves fingerprints of reference commands.
 */
export type KeySubject =
  | {
      readonly kind: 'CASE';
      readonly clientId: string;
      readonly caseId: string;
      readonly organisationId: string;
    }
  | { readonly kind: 'PROFESSIONAL'; readonly professionalId: string }
  | { readonly kind: 'REFERENCE' };

/** One text per subject; ids only. */
export function subjectName(subject: KeySubject): string {
  switch (subject.kind) {
    case 'CASE':
      return JSON.stringify(['CASE', subject.clientId, subject.caseId, subject.organisationId]);
    case 'PROFESSIONAL':
      return JSON.stringify(['PROFESSIONAL', subject.professionalId]);
    case 'REFERENCE':
      return JSON.stringify(['REFERENCE']);
  }
}

/** The subject that has this name. @throws when no subject has it */
export function subjectNamed(name: string): KeySubject {
  const [kind, id, caseId, organisationId] = JSON.parse(name) as readonly (string | undefined)[];
  if (kind === 'REFERENCE') return { kind };
  if (kind === 'PROFESSIONAL' && id !== undefined) return { kind, professionalId: id };
  if (kind === 'CASE' && id !== undefined && caseId !== undefined && organisationId !== undefined)
    return { kind, clientId: id, caseId, organisationId };
  throw new Error('no data key has a subject of this name');
}

/** An unwrapped data key. Never stored, logged or kept longer than 30 seconds. */
export interface DataKey {
  readonly keyId: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** Gives the key under which new data of a subject are sealed. */
export interface DataKeys {
  /** Made on first use. @throws DataKeyErased, KeyStoreUnavailable */
  keyFor(subject: KeySubject): Promise<DataKey>;
}

/** The subject's key was destroyed; nothing can be sealed for it any more. */
export class DataKeyErased extends Error {
  constructor() {
    super('the data key of this subject was destroyed');
    this.name = 'DataKeyErased';
  }
}

/** The key store did not answer in time or cannot be reached. */
export class KeyStoreUnavailable extends Error {
  constructor(operation: string, options?: ErrorOptions) {
    super(`the key store is unavailable (${operation})`, options);
    this.name = 'KeyStoreUnavailable';
  }
}

/** The list of destroyed keys is gone. Who was erased since a backup that may have been put back is then not known: no key is given out. */
export class TombstoneListMissing extends KeyStoreUnavailable {
  constructor(path: string) {
    super('the list of erasures is missing');
    this.name = 'TombstoneListMissing';
    this.message = `the list of erasures ${path} is missing, and without it an old backup brings erased people back: put it back, or accept the loss with spil keys apply-tombstones --accept-lost-list (docs/operations/keys.md)`;
  }
}
