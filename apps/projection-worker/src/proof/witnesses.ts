import {
  cosignedAt,
  formatNote,
  formatSignature,
  isOf,
  parseSignature,
  parseVerifierKey,
  signatureTypes,
  type VerifierKey,
} from '@spil/proof';
import type { SignedCheckpoint } from './sign-checkpoint.js';
import { readConsistency, type ProofDatabase } from './tree-rows.js';

/** Another organisation that cosigns checkpoints. */
export interface Witness {
  /** What `add-checkpoint` is appended to. */
  readonly url: string;
  readonly key: VerifierKey;
}

/** A witness answered that it will not cosign: it saw another history than the one it was shown. */
export class WitnessRefused extends Error {
  constructor(
    readonly witness: string,
    what: string,
  ) {
    super(`the witness ${witness} refuses: ${what}`);
    this.name = 'WitnessRefused';
  }
}

/** A witness is not there, or not now. */
export class WitnessUnavailable extends Error {
  constructor(
    readonly witness: string,
    options: ErrorOptions,
  ) {
    super(`the witness ${witness} does not answer as a witness does`, options);
    this.name = 'WitnessUnavailable';
  }
}

/** Reads the file of witnesses: a JSON list of `{ "url": "...", "key": "<public key>" }`. @throws Error saying what is wrong */
export function parseWitnesses(content: string): Witness[] {
  const list: unknown = JSON.parse(content);
  if (!Array.isArray(list)) throw new Error('must hold a JSON list');
  return list.map((entry: unknown) => {
    const { url, key } = (entry ?? {}) as { url?: unknown; key?: unknown };
    if (typeof url !== 'string' || !/^https?:\/\//.test(url) || typeof key !== 'string')
      throw new Error('must hold entries of the form {"url": "https://...", "key": "<name>+<id>+<key>"}');
    const parsed = parseVerifierKey(key);
    if (parsed.type !== signatureTypes.cosignature) throw new Error(`${parsed.name} has no key of a witness`);
    return { url: url.replace(/\/+$/, ''), key: parsed };
  });
}

const answerMs = 5_000;

/**
 * Asks a witness to cosign a checkpoint (C2SP tlog-witness) and stores what it answers. Says first what the witness is known to
 * have seen, and begins there again when it knows better.
 * @throws WitnessRefused, WitnessUnavailable
 */
export async function submitToWitness(
  db: ProofDatabase,
  checkpoint: SignedCheckpoint,
  witness: Witness,
): Promise<void> {
  const { name } = witness.key;
  let answer = await post(db, checkpoint, witness, await lastSeenBy(db, name));
  if (answer.status === 409) {
    const size = Number(/^\d{1,15}\n$/.exec(answer.body)?.[0] ?? NaN);
    if (Number.isNaN(size)) throw new WitnessRefused(name, 'it has another history of the same size');
    if (size > checkpoint.size)
      throw new WitnessRefused(name, `it cosigned a tree of ${size} leaves, and ours has ${checkpoint.size}`);
    answer = await post(db, checkpoint, witness, size);
  }
  if (answer.status !== 200) throw new WitnessRefused(name, `it answered ${answer.status}`);
  const lines = answer.body.split('\n').filter((line) => line !== '');
  const own = lines.map(parseSignature).filter((signature) => isOf(signature, witness.key));
  const time = cosignedAt({ body: checkpoint.note.body, signatures: own }, witness.key);
  const [first] = own;
  if (time === undefined || first === undefined)
    throw new WitnessRefused(name, 'its signature does not hold for its public key');
  await db.query(
    `INSERT INTO proof.cosignature (size, witness, line, cosigned_at)
     VALUES ($1, $2, $3, to_timestamp($4)) ON CONFLICT DO NOTHING`,
    [checkpoint.size, name, formatSignature(first), time],
  );
}

async function lastSeenBy(db: ProofDatabase, witness: string): Promise<number> {
  const { rows } = await db.query<{ size: string | null }>(
    'SELECT max(size) AS size FROM proof.cosignature WHERE witness = $1',
    [witness],
  );
  return Number(rows[0]?.size ?? 0);
}

async function post(
  db: ProofDatabase,
  { size, note }: SignedCheckpoint,
  { url, key }: Witness,
  seen: number,
): Promise<{ readonly status: number; readonly body: string }> {
  const proof = await readConsistency(db, seen, size);
  const own = note.signatures.filter(({ name }) => name !== key.name);
  const body = [
    `old ${seen}`,
    ...proof.map((hash) => hash.toString('base64')),
    '',
    formatNote({ body: note.body, signatures: own }),
  ].join('\n');
  try {
    const response = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(answerMs),
    });
    if (response.status >= 500) throw new Error(`it answered ${response.status}`);
    return { status: response.status, body: (await response.text()).slice(0, 10_000) };
  } catch (cause) {
    throw new WitnessUnavailable(key.name, { cause });
  }
}
