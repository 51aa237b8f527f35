import { join } from 'node:path';
import { ConfigError, Environment, postgresProtocols } from '@spil/config';
import {
  applyTombstones,
  dropFromKeyRing,
  keyUse,
  KeyRingFile,
  loadKeyRing,
  rewrapKeys,
  rotateKeyRing,
  TombstoneList,
} from '@spil/event-store';
import { openRequestPool } from '@spil/postgres';
import { withProgressBar } from '@spil/progress';
import type pg from 'pg';
import { exitCodes, UsageError, type Answer } from './answer.js';
import { orNotInstalled } from './find-spil.js';
import { columns } from './read-models.js';
import { usualFolder, type Whereabouts } from './spil.js';

/** The keys of a Spil, opened for a command. */
export interface KeysAt {
  readonly pool: pg.Pool;
  readonly ringFile: string;
  /** Undefined where the environment names none. */
  readonly list: TombstoneList | undefined;
}

/**
 * Does work on the keys that are meant: of a deployment by its environment variables, or of the embedded default by its folder.
 * @throws UsageError, ConfigError, Unavailable
 */
export async function withKeys<Result>(
  { data }: Whereabouts,
  work: (at: KeysAt) => Promise<Result>,
): Promise<Result> {
  const deployed = data === undefined ? deploymentKeys() : undefined;
  if (deployed !== undefined) {
    const { url, ringFile, listFile } = deployed;
    return withPool(url, { ringFile, list: listFile === undefined ? undefined : new TombstoneList(listFile) }, work); // prettier-ignore
  }
  const folder = data ?? usualFolder;
  const { withEmbedded } = await orNotInstalled(import('./embedded.js'));
  const { tombstonesFileName } = await orNotInstalled(import('../../standalone/src/data-folder.js'));
  return withEmbedded(folder, ({ keysUrl }) => {
    if (keysUrl === undefined) throw new ConfigError(['the embedded default did not say where its keys are']);
    const ringFile = join(folder, 'secrets', 'key-ring.json');
    return withPool(keysUrl, { ringFile, list: new TombstoneList(join(folder, tombstonesFileName)) }, work);
  });
}

function deploymentKeys():
  { readonly url: string; readonly ringFile: string; readonly listFile: string | undefined } | undefined {
  const environment = new Environment(process.env);
  const url =
    environment.optionalUrl('SPIL_KEYS_OWNER_DATABASE_URL', postgresProtocols) ??
    environment.optionalUrl('SPIL_KEYS_DATABASE_URL', postgresProtocols);
  if (url === undefined) return undefined;
  const found = {
    url,
    ringFile: environment.required('SPIL_KEY_RING_FILE'),
    listFile: environment.optional('SPIL_TOMBSTONES_FILE'),
  };
  environment.check();
  return found;
}

async function withPool<Result>(
  url: string,
  at: Omit<KeysAt, 'pool'>,
  work: (at: KeysAt) => Promise<Result>,
): Promise<Result> {
  const pool = openRequestPool(url, () => undefined);
  try {
    return await work({ ...at, pool });
  } finally {
    await pool.end();
  }
}

/** Which key-encryption keys there are and how many data keys each wraps; an old one may go when that is none. */
export async function status({ pool, ringFile, list }: KeysAt): Promise<Answer> {
  const [ring, use, destroyed, listed] = await Promise.all([
    loadKeyRing(ringFile),
    keyUse(pool),
    pool.query<{ count: string }>('SELECT count(*) FROM key_store.tombstone'),
    list?.read(),
  ]);
  const keks = [...new Set([...ring.kekIds(), ...use.keys()])].map((kekId) => ({
    kekId,
    active: kekId === ring.activeKekId(),
    onRing: ring.has(kekId),
    dataKeys: use.get(kekId) ?? 0,
  }));
  const lost = keks.some(({ onRing, dataKeys }) => !onRing && dataKeys > 0);
  const tombstones = Number(destroyed.rows[0]?.count);
  return {
    exit: lost ? exitCodes.failed : exitCodes.ok,
    json: {
      keyEncryptionKeys: keks,
      destroyed: tombstones,
      listed: listed?.tombstones.length ?? null,
      unfinishedLines: listed?.unfinished ?? null,
    },
    text: [
      columns([
        ['key-encryption key', 'data keys', ''],
        ...keks.map(({ kekId, active, onRing, dataKeys }) => [
          kekId,
          String(dataKeys),
          remark(active, onRing, dataKeys),
        ]),
      ]),
      '',
      `${tombstones} destroyed; ${listWord(list, listed?.tombstones.length)}`,
    ].join('\n'),
  };
}

function listWord(list: TombstoneList | undefined, listed: number | undefined): string {
  if (list === undefined) return 'no list is named by SPIL_TOMBSTONES_FILE';
  return listed === undefined
    ? `the list outside all backups is missing: ${list.path}`
    : `${listed} on the list outside all backups`;
}

function remark(active: boolean, onRing: boolean, dataKeys: number): string {
  if (!onRing) return 'NOT ON THE RING: what these keys sealed cannot be read';
  if (active) return 'wraps new data keys';
  return dataKeys === 0 ? 'may go: spil keys drop' : 'old: spil keys rewrap';
}

/** A new key-encryption key. Running services read the ring again by themselves. */
export async function rotate({ ringFile }: KeysAt): Promise<Answer> {
  const kekId = await rotateKeyRing(ringFile);
  return {
    exit: exitCodes.ok,
    json: { active: kekId },
    text: `${kekId} wraps new data keys from now on. Back the ring up, then: spil keys rewrap`,
  };
}

/** Wraps the data keys anew. */
export async function rewrap({ pool, ringFile }: KeysAt): Promise<Answer> {
  const ring = new KeyRingFile(ringFile);
  const rewrapped = await withProgressBar('rewrap', 'keys', (progress) => rewrapKeys(pool, ring, progress));
  return {
    exit: exitCodes.ok,
    json: { rewrapped, active: await ring.activeKekId() },
    text: `${rewrapped} data keys wrapped anew`,
  };
}

/** Takes an old key-encryption key off the ring. */
export async function drop({ pool, ringFile }: KeysAt, kekId: string): Promise<Answer> {
  const ring = await loadKeyRing(ringFile);
  if (!ring.has(kekId))
    throw new UsageError(`there is no key '${kekId}' on the ring; spil keys status names them`);
  if (ring.activeKekId() === kekId)
    throw new UsageError(`'${kekId}' wraps new data keys; spil keys rotate first`);
  const needed = (await keyUse(pool)).get(kekId) ?? 0;
  if (needed > 0)
    return {
      exit: exitCodes.failed,
      json: { dropped: false, kekId, dataKeys: needed },
      text: `${needed} data keys still need ${kekId}: spil keys rewrap`,
    };
  await dropFromKeyRing(ringFile, kekId);
  return {
    exit: exitCodes.ok,
    json: { dropped: true, kekId, dataKeys: 0 },
    text: `${kekId} is off the ring. Older backups of the key database need it until they expire: keep its copy as long`,
  };
}

export interface ApplyOptions {
  /** The list is lost for good: it is made anew from the key store. */
  readonly acceptLostList?: boolean;
}

/** Brings the key store and the list of destroyed keys together; a lost list is made anew only when that is asked. */
export async function apply(
  { pool, list }: KeysAt,
  { acceptLostList = false }: ApplyOptions,
): Promise<Answer> {
  if (list === undefined) throw new ConfigError(['SPIL_TOMBSTONES_FILE is not set']);
  const result = await applyTombstones(pool, list, { acceptLostList });
  return {
    exit: exitCodes.ok,
    json: { ...result },
    text: `${result.applied} destroyed again, ${result.listed} added to the list${result.unfinished > 0 ? `, ${result.unfinished} unfinished lines left alone` : ''}`,
  };
}
