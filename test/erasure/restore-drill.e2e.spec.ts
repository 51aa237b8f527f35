import { execFileSync } from 'node:child_process';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Principal } from '@spil/access';
import pg from 'pg';
import { readConnections } from '../../apps/standalone/src/connections.js';
import { eventually } from '../support/eventually.js';
import { askTool } from '../support/operator.js';
import { startSpil, type RunningSpil } from '../support/spil.js';
import { as, populate, type StepAnswer } from '../support/system.js';
import { closed, erased, officers, taken, told } from './support.js';

interface Keys {
  readonly keyEncryptionKeys: readonly {
    readonly kekId: string;
    readonly active: boolean;
    readonly dataKeys: number;
  }[];
  readonly destroyed: number;
  readonly listed: number;
}

/** The whole of Spil, as `npm start` starts it; every backup is a copy of the data of a stopped one. */
describe('keys through rotation, erasure and a restored backup', () => {
  let spil: RunningSpil;
  let forgotten: StepAnswer;
  let kept: StepAnswer;
  const system = {
    ask: (principal: Principal, document: string, variables?: object) =>
      spil.query(principal, document, variables),
  };
  const data = (part: string): string => join(spil.dataFolder, part);
  const keys = async (...args: string[]) => {
    const { exit, answer } = await askTool(['keys', ...args, '--data', spil.dataFolder]);
    return { exit, answer: answer as Keys & Record<string, unknown> };
  };
  /** Does work in the key database of the running Spil, as the role that owns it. */
  async function inKeyStore<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    const connections = await readConnections(spil.dataFolder);
    const client = new pg.Client({ connectionString: connections?.keysUrl });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
  const nameIn = async ({ id }: StepAnswer): Promise<unknown> =>
    (
      await told<{ case: { client: { name: unknown } } | null }>(
        system,
        as('loket'),
        `query ($id: Uuid!) { case(id: $id) { client { name { state value } } } }`,
        { id },
      )
    ).case?.client.name;
  const opened = (name: string) =>
    taken(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_SIGNALERING_ONLY',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      client: { name },
    });

  beforeAll(async () => {
    spil = await startSpil();
    await populate(system);
    forgotten = await opened('Cor Vergeten (fictief)');
    kept = await opened('Dee Blijft (fictief)');
    await closed(system, as('loket'), forgotten.id);
  }, 120_000);

  afterAll(async () => {
    await spil.stop();
    await spil.clean();
  });

  it('rotates the wrapping key beside a running service, and lets the old one go when nothing needs it', async () => {
    const [old] = (await keys('status')).answer.keyEncryptionKeys;
    await keys('rotate');
    const afterwards = await opened('Eef Nieuw (fictief)');
    const needed = await keys('drop', old?.kekId ?? '');
    expect(needed).toMatchObject({ exit: 1, answer: { dropped: false } });
    expect((await keys('rewrap')).answer).toMatchObject({ rewrapped: needed.answer.dataKeys });
    expect(await keys('drop', old?.kekId ?? '')).toMatchObject({ exit: 0, answer: { dropped: true } });
    const { keyEncryptionKeys } = (await keys('status')).answer;
    expect(keyEncryptionKeys).toEqual([expect.objectContaining({ active: true })]);
    for (const [opening, name] of [
      [kept, 'Dee Blijft (fictief)'],
      [afterwards, 'Eef Nieuw (fictief)'],
    ] as const)
      await eventually(async () => expect(await nameIn(opening)).toEqual({ state: 'VALUE', value: name }));
  }, 60_000);

  it('keeps erased what a restored backup brings back, from the first answer on', async () => {
    await eventually(async () => expect(await nameIn(forgotten)).toMatchObject({ state: 'VALUE' }));
    await spil.stop();
    // The server's files belong to a user of their own.
    execFileSync('cp', ['-a', data('postgres'), data('backup')]);
    spil = await spil.restart();
    await erased(system, officers.loket, forgotten.id);
    await spil.stop();

    // The backup knows nothing of the erasure: neither its events, nor the destroyed key, nor the emptied rows.
    await rm(data('postgres'), { recursive: true });
    await rename(data('backup'), data('postgres'));
    spil = await spil.restart();
    expect(await nameIn(forgotten)).toEqual({ state: 'ERASED', value: null });
    expect(await nameIn(kept)).toEqual({ state: 'VALUE', value: 'Dee Blijft (fictief)' });
    expect((await keys('status')).answer).toMatchObject({ destroyed: 1, listed: 1 });
  }, 180_000);

  it('believes the log where key store and list were both put back from before the erasure', async () => {
    const late = await opened('Fee Daarna (fictief)');
    await closed(system, as('loket'), late.id);
    await eventually(async () => expect(await nameIn(late)).toMatchObject({ state: 'VALUE' }));
    const before = await inKeyStore(async (client) => ({
      keys: await client.query<{ row: string; key_id: string }>(
        'SELECT k::text AS row, key_id FROM key_store.data_key k',
      ),
      applied: await client.query<{ row: string }>('SELECT a::text AS row FROM key_store.erasures_applied a'),
    }));
    const list = await readFile(data('tombstones.jsonl'));
    await erased(system, officers.loket, late.id);
    await inKeyStore(async (client) => {
      await client.query('DELETE FROM key_store.tombstone WHERE key_id = ANY ($1::uuid[])', [
        before.keys.rows.map((key) => key.key_id),
      ]);
      for (const [table, { rows }] of [
        ['data_key', before.keys],
        ['erasures_applied', before.applied],
      ] as const) {
        await client.query(`TRUNCATE key_store.${table}`);
        for (const { row } of rows)
          await client.query(`INSERT INTO key_store.${table} SELECT ($1::key_store.${table}).*`, [row]);
      }
    });
    await spil.stop();
    await writeFile(data('tombstones.jsonl'), list);

    spil = await spil.restart();
    expect(await nameIn(late)).toEqual({ state: 'ERASED', value: null });
    expect(await nameIn(kept)).toEqual({ state: 'VALUE', value: 'Dee Blijft (fictief)' });
    expect((await keys('status')).answer).toMatchObject({ destroyed: 2, listed: 2 });
  }, 120_000);

  it('does not start without the list, and says in one line why, until somebody accepts that it is lost', async () => {
    await spil.stop();
    await rm(data('tombstones.jsonl'));
    await expect(spil.restart()).rejects.toThrow(
      /^Spil ended \(78\) [^]*\nthe list of erasures \S+ is missing, .* --accept-lost-list \(docs\/operations\/keys\.md\)$/,
    );
    expect(await keys('apply-tombstones')).toMatchObject({ exit: 1 });
    expect(await keys('apply-tombstones', '--accept-lost-list')).toMatchObject({
      exit: 0,
      answer: { applied: 0, listed: 2, unfinished: 0 },
    });
    spil = await spil.restart();
    expect(await nameIn(forgotten)).toEqual({ state: 'ERASED', value: null });
    expect(await nameIn(kept)).toEqual({ state: 'VALUE', value: 'Dee Blijft (fictief)' });
  }, 120_000);

  it('destroys again by hand, too', async () => {
    expect(await keys('apply-tombstones')).toMatchObject({
      exit: 0,
      answer: { applied: 0, listed: 0, unfinished: 0 },
    });
    expect(await readFile(data('tombstones.jsonl'), 'utf8')).not.toContain('Vergeten');
  });
});
