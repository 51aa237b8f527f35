import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sealed } from '@spil/domain';
import { connectEventStore, isEnvelope, KeyRingFile, KeyStore, Sealer } from '@spil/event-store';
import { openRequestPool } from '@spil/postgres';
import { newKeyFile, parseKeyFile, signatureTypes } from '@spil/proof';
import { sealedPaths } from '../../apps/projection-worker/src/sealed-fields.js';
import { eventually } from '../support/eventually.js';
import { askTool, runTool } from '../support/operator.js';
import { as, populate, startTestSystem, type StepAnswer, type TestSystem } from '../support/system.js';
import { testPrincipal } from '../support/tokens.js';
import { canaryChoir, type CanaryChoir } from './canary-choir.js';
import { filesWith, logFilesWith, rowsOf, tablesWith } from './data-files.js';
import { erased, officers, taken, told } from './support.js';

/** How many cases sing; a hundred in `npm run soak -- --only canaries`. */
const cases = Number(process.env.SPIL_CANARIES ?? 10);
/** Milliseconds within which somebody is forgotten. */
const minute = 60_000;

/** A canary in every personal field of many cases, through steps, errors and refusals; then everybody is forgotten. */
describe('a canary in every personal field', () => {
  let system: TestSystem;
  let choir: CanaryChoir;
  let professionalId: string;
  let printed = '';
  const opened: StepAnswer[] = [];
  const loket = as('loket');

  const everything = (caseId: string) =>
    told(
      system,
      loket,
      `query ($id: Uuid!) { case(id: $id) {
        client { name { value } phone { value } email { value } address { value } safeContact { value } interpreterLanguage { value } }
        timeline { sealed { path text { state value } } } } }`,
      { id: caseId },
    );
  const figures = () =>
    told(
      system,
      testPrincipal.board,
      `{ figures { registrations(by: ORGANISATION_KIND) { key count } completeRegistrations(by: AREA) { key count }
         handovers { status count } ratings { side notAnswered distribution { rating count } } } }`,
    );
  const counted = () =>
    rowsOf<{ count: string }>(
      system.readModel.ownerUrl,
      'SELECT count(*) FROM read.case_row UNION ALL SELECT count(*) FROM read.timeline_entry',
    );
  /** Ciphertext in the read models; under some keys when they are given. */
  const inReadModels = async (keyIds?: readonly string[]): Promise<string[]> => {
    const found = await rowsOf<{ c: string; kid: string }>(
      system.readModel.ownerUrl,
      `SELECT DISTINCT sealed->>'c' AS c, sealed->>'kid' AS kid FROM (
         SELECT jsonb_path_query(document, '$.**.sealed') AS sealed FROM read.case_row
         UNION ALL SELECT jsonb_path_query(sealed, '$.**.sealed') FROM read.timeline_entry
         UNION ALL SELECT jsonb_path_query(document, '$.**.sealed') FROM read.reference_document
           WHERE stream = 'professional-${professionalId}') found`,
    );
    return found.filter(({ kid }) => keyIds?.includes(kid) ?? true).map(({ c }) => c);
  };
  /** Where the canary sings, of all that Spil keeps, says and prints. */
  async function heard(): Promise<string[]> {
    const { song, complaints } = choir;
    const databases = [
      system.readModel.ownerUrl,
      system.config.keysDatabaseUrl,
      system.eventsDatabaseUrl,
      system.audit.ownerUrl,
    ];
    const metrics = await fetch(new URL('/metrics', system.service.graphqlUrl));
    const found = [
      ...(printed.includes(song) ? ['logs'] : []),
      ...(complaints.some((answer) => answer.includes(song)) ? ['errors'] : []),
      ...((await metrics.text()).includes(song) ? ['metrics'] : []),
      ...(await logFilesWith(system.readModel.ownerUrl, [song])),
    ];
    for (const database of databases)
      found.push(...(await tablesWith(database, song)), ...(await filesWith(database, [song])));
    return found;
  }
  /** Sealed fields of the log of which every part sings, opened with the keys. */
  async function singing(): Promise<Set<string>> {
    const { url, user: username, password } = system.config.eventStore;
    const store = connectEventStore({ connectionString: url, credentials: { username, password } });
    const pool = openRequestPool(system.config.keysDatabaseUrl, () => undefined);
    const sealer = new Sealer(new KeyStore(pool, new KeyRingFile(system.config.keyRingFile)));
    const found = new Set<string>();
    for await (const { stream, eventId, type, data } of store.readAll())
      for (const path of pathsOf(type)) {
        const value = path.split('.').reduce((node, field) => (node as Node | null)?.[field], data);
        if (!isEnvelope(value)) continue;
        const unsealed = await sealer.unseal(value as unknown as Sealed, { stream, eventId });
        if (
          unsealed.status === 'VALUE' &&
          leaves(unsealed.value).every((leaf) => leaf.startsWith(choir.song))
        )
          found.add(`${type}.${path}`);
      }
    await store.close();
    await pool.end();
    return found;
  }

  beforeAll(async () => {
    const logging = { logLevel: 'debug', log: (line: string) => void (printed += line) } as const;
    const key = parseKeyFile(newKeyFile('log.example/canaries'), signatureTypes.note);
    system = await startTestSystem((config) => ({ ...config, ...logging }), {
      ...logging,
      proof: { key, checkpointSeconds: 1, witnesses: [] },
    });
    await populate(system);
    choir = canaryChoir(system);
    professionalId = await choir.singProfessional();
    for (let at = 0; at < cases; at += 1) {
      opened.push(await choir.singCase());
      if (process.env.SPIL_CANARIES !== undefined) process.stdout.write(`case ${at + 1} sung\n`);
    }
  }, 1_800_000);

  afterAll(() => system.stop());

  it('is in each of them: of every event, and in every part of what is sealed as one', async () => {
    const every = Object.entries(sealedPaths).flatMap(([type, paths]) =>
      Object.keys(paths).map((path) => `${type}.${path}`),
    );
    expect([...(await singing())].sort()).toEqual(every.sort());
    for (const [type, fields] of Object.entries(choir.inputs)) {
      const { __type } = await told<{ __type: { inputFields: { name: string }[] } }>(
        system,
        loket,
        `{ __type(name: "${type}") { inputFields { name } } }`,
      );
      expect([type, __type.inputFields.map(({ name }) => name).sort()]).toEqual([
        type,
        Object.keys(fields).sort(),
      ]);
    }
  }, 120_000);

  it('is read by whom it is for', async () => {
    for (const { id } of opened)
      await eventually(async () => {
        const text = JSON.stringify(await everything(id));
        expect(text.split(choir.song).length - 1).toBeGreaterThanOrEqual(24);
      });
  }, 600_000);

  it('sings nowhere else: not in a log, an error, a metric, a name, a table or a file', async () => {
    expect(printed).toContain('request answered');
    expect(printed).toMatch(/"name":"projection-worker".*"msg":"caughtUp"/);
    expect(choir.complaints.join('')).toContain('BAD_USER_INPUT');
    expect(await heard()).toEqual([]);
    // The access log knows which fields were shown, and of whom; what they held it does not.
    const shown = await rowsOf<{ field: string }>(
      system.audit.ownerUrl,
      `SELECT DISTINCT unnest(fields) AS field FROM access_log.disclosure WHERE case_id = '${opened[0]?.id}'`,
    );
    expect(shown.map(({ field }) => field)).toContain('CaseRegistered.client.name');
  }, 600_000);

  it('is silent within a minute of being forgotten, and so is its ciphertext; counts and figures stay', async () => {
    const ciphertexts = await inReadModels();
    const wrapped = await rowsOf<{ wrapped: Buffer }>(
      system.config.keysDatabaseUrl,
      `SELECT wrapped FROM key_store.data_key WHERE subject LIKE '["CASE"%' OR subject LIKE '%${professionalId}%'`,
    );
    expect(ciphertexts.length).toBeGreaterThanOrEqual(cases * 22);
    expect(wrapped.length).toBeGreaterThanOrEqual(2 * cases + 1);
    const [figuresBefore, [casesBefore, entriesBefore]] = [await figures(), await counted()];

    await taken(system, officers.firm, 'setRetentionTerm', { years: 0, duty: false });
    const took: number[] = [];
    const timed = async (erasure: () => Promise<void>): Promise<void> => {
      const started = performance.now();
      await erasure();
      took.push(performance.now() - started);
    };
    for (const { id } of opened)
      for (const officer of [officers.loket, officers.firm])
        await timed(async () => {
          const { certificate } = await erased(system, officer, id);
          const keyIds = certificate?.erased.flatMap(({ keyId }) => keyId ?? []) ?? [];
          expect(keyIds).toHaveLength(1);
          await eventually(async () => expect(await inReadModels(keyIds)).toEqual([]));
        });
    await timed(async () => {
      await taken(system, officers.loket, 'eraseProfessional', { professionalId });
      await eventually(async () => expect(await inReadModels()).toEqual([]));
    });
    const slowest = Math.max(...took);
    process.stdout.write(`${took.length} erasures, the slowest in ${Math.round(slowest)} ms\n`);
    expect(slowest).toBeLessThan(minute);

    expect(await heard()).toEqual([]);
    for (const database of [system.readModel.ownerUrl, system.audit.ownerUrl])
      expect(await filesWith(database, ciphertexts)).toEqual([]);
    expect(
      await filesWith(
        system.config.keysDatabaseUrl,
        wrapped.map((row) => row.wrapped),
      ),
    ).toEqual([]);
    for (const { id } of opened) expect(JSON.stringify(await everything(id))).not.toContain(choir.song);

    expect(await figures()).toEqual(figuresBefore);
    const [casesAfter, entriesAfter] = await counted();
    expect(casesAfter).toEqual(casesBefore);
    // Each organisation's order and its execution are entries of their own.
    expect(Number(entriesAfter?.count)).toBe(Number(entriesBefore?.count) + 4 * cases);
  }, 1_800_000);

  it('leaves the history provable: the tree holds, and so does the bundle of a case that is forgotten', async () => {
    const environment = {
      SPIL_EVENT_STORE_URL: system.config.eventStore.url,
      SPIL_EVENT_STORE_USER: system.config.eventStore.user,
      SPIL_EVENT_STORE_PASSWORD: system.config.eventStore.password,
      SPIL_READ_DATABASE_URL: system.readModel.workerUrl,
      SPIL_AUDIT_DATABASE_URL: system.audit.serviceUrl,
    };
    await eventually(async () => {
      const { exit, answer } = await askTool(['verify-history'], environment);
      const { equal, leaves: all, checkpointSize } = answer as Record<string, unknown>;
      expect([exit, equal, checkpointSize]).toEqual([0, true, all]);
    });
    const folder = await mkdtemp(join(tmpdir(), 'spil-canaries-'));
    const file = join(folder, 'case.json');
    const made = await runTool(['bundle', '--case', opened[0]?.id ?? '', '--out', file], environment);
    expect([made.exit, made.stderr]).toEqual([0, expect.any(String)]);
    const key = await (await fetch(`http://127.0.0.1:${system.worker.port}/log/key`)).text();
    const verifier = spawn(process.execPath, [...['tools/verify-bundle.mjs', file, '--log-key', key.trim()]]);
    let said = '';
    for (const stream of [verifier.stdout, verifier.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    const exit = await new Promise((resolve) => verifier.once('close', resolve));
    await rm(folder, { recursive: true });
    expect([exit, said]).toEqual([0, expect.stringContaining('PROVEN')]);
  }, 120_000);
});

type Node = Readonly<Record<string, unknown>>;

const pathsOf = (type: string): string[] =>
  Object.keys((sealedPaths as Readonly<Record<string, object>>)[type] ?? {});

/** Every text in a value. */
const leaves = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [String(value)];
