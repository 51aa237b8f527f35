import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { KeyStore, loadKeyRing } from '@spil/event-store';
import type { AuditBundle } from '@spil/proof';
import { askTool, runTool } from './support/operator.js';
import { eventually } from './support/eventually.js';
import { startProgram, type Program } from './support/program.js';
import { startSpil, type RunningSpil } from './support/spil.js';
import { as, people, populate, step } from './support/system.js';

/** From a running Spil to an auditor's machine: a witness of another organisation, a bundle, and a verifier that stands alone. */
describe('a provable history', () => {
  let folder: string;
  let spil: RunningSpil;
  let witness: Program;
  let logKey: string;
  let witnessKey: string;
  let caseId: string;

  const at = (name: string): string => join(folder, name);
  const connections = async (): Promise<Readonly<Record<string, string>>> =>
    JSON.parse(await readFile(join(spil.dataFolder, 'connections.json'), 'utf8')) as Record<string, string>;
  const published = async (path: string): Promise<string> => {
    const response = await fetch(`${(await connections()).workerUrl}/log/${path}`);
    return response.ok ? response.text() : '';
  };
  const bundled = async (name: string, ...args: string[]): Promise<AuditBundle> => {
    const out = await runTool(['bundle', ...args, '--out', at(name), '--data', spil.dataFolder]);
    if (out.exit !== 0) throw new Error(out.stderr);
    return JSON.parse(await readFile(at(name), 'utf8')) as AuditBundle;
  };
  /** As an auditor does: outside of the repository, with nothing but Node. */
  const verify = (name: string, ...args: string[]): Promise<{ exit: number | null; said: string }> =>
    new Promise((resolve) => {
      const keys = ['--log-key', logKey, '--witness-key', witnessKey];
      const child = spawn(process.execPath, ['verify-bundle.mjs', name, ...keys, ...args], {
        cwd: folder,
        env: {},
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
      child.once('close', (exit) => resolve({ exit, said }));
    });
  const cosignedOverAll = (): Promise<void> =>
    eventually(async () => {
      const note = await published('checkpoint');
      expect(note).toContain('— witness.example/w ');
      const { answer } = await askTool(['verify-history', '--data', spil.dataFolder]);
      expect(answer).toMatchObject({ equal: true, checkpointSize: Number(note.split('\n')[1]) });
      expect((answer as { leaves: number; checkpointSize: number }).leaves).toBe(Number(note.split('\n')[1]));
    });
  const system = { ask: (...question: Parameters<RunningSpil['query']>) => spil.query(...question) };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-auditor-'));
    await copyFile('tools/verify-bundle.mjs', at('verify-bundle.mjs'));
    await writeFile(at('witnesses.json'), '[]');
    spil = await startSpil({
      environment: { SPIL_WITNESSES_FILE: at('witnesses.json'), SPIL_CHECKPOINT_SECONDS: '1' },
    });
    logKey = (await published('key')).trim();
    witness = startProgram(
      process.execPath,
      [
        'dist/apps/witness/src/main.js',
        ...['--folder', at('witness'), '--name', 'witness.example/w', '--log', logKey],
      ],
      { SPIL_WITNESS_PORT: '0' },
    );
    const port = /port (\d+)/.exec(await witness.printed(/listens/))?.[1] ?? '';
    witnessKey = (await witness.printed(/^public key/)).replace('public key: ', '');
    await writeFile(
      at('witnesses.json'),
      JSON.stringify([{ url: `http://127.0.0.1:${port}`, key: witnessKey }]),
    );
    await spil.stop();
    spil = await spil.restart();
    await populate(system);
    const opened = await step(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      clientMunicipality: 'GM0344',
      client: { name: 'Testcliënt Voorbeeld', phone: '06 00000000' },
      clientQuestion: 'Mag dit?',
      signaleringRelevance: 'NO',
    });
    caseId = opened.id;
    await step(system, as('loket'), 'closeCase', { caseId, outcome: 'SOLVED', solution: 'ADVICE' });
  }, 180_000);

  afterAll(async () => {
    await spil.stop();
    await witness.end('SIGTERM');
    await spil.clean();
    await rm(folder, { recursive: true });
  });

  it('of a case is proven on another machine, in Dutch and in English', async () => {
    await cosignedOverAll();
    const { events, eventTypes } = await bundled('case.json', '--case', caseId);
    expect(eventTypes).toMatchObject({
      CaseRegistered: { 1: { type: 'object' } },
      CaseClosed: { 1: { type: 'object' } },
    });
    expect(events.map(({ type }) => type)).toEqual(['CaseRegistered', 'CaseClosed']);
    const english = await verify('case.json');
    expect(english).toMatchObject({ exit: 0, said: expect.stringMatching(/^PROVEN\n/) as unknown });
    expect(english.said).toContain('Witness witness.example/w saw that checkpoint on 2');
    expect(english.said).toContain('revisions 0 to 1 without a hole');
    expect(english.said).toContain('What this cannot prove:');
    const dutch = await verify('case.json', '--lang', 'nl');
    expect(dutch).toMatchObject({ exit: 0, said: expect.stringMatching(/^BEWEZEN\n/) as unknown });
    expect(JSON.stringify(events)).not.toContain('Voorbeeld');
  }, 60_000);

  it('is published by the service, which auditors reach, as by the worker', async () => {
    await cosignedOverAll();
    const served = async (path: string): Promise<string> =>
      (await fetch(new URL(`/log/${path}`, spil.graphqlUrl))).text();
    expect(await served('key')).toBe(`${logKey}\n`);
    expect(await served('checkpoint')).toBe(await published('checkpoint'));
  }, 60_000);

  it('of the whole log is proven, with the truth of where each stream ends', async () => {
    await cosignedOverAll();
    const { events } = await bundled('log.json', '--all');
    expect(events.length).toBeGreaterThan(9);
    const { exit, said } = await verify('log.json');
    expect({ exit, said }).toMatchObject({
      exit: 0,
      said: expect.stringContaining('told the truth') as unknown,
    });
  }, 60_000);

  it('up to a position is proven to be the beginning of the log', async () => {
    const { answer } = await askTool(['replay', caseId, '--data', spil.dataFolder]);
    const [first] = (answer as { events: { position: string }[] }).events;
    const { events, checkpoint } = await bundled('until.json', '--until', first?.position ?? '');
    expect(events.at(-1)?.type).toBe('CaseRegistered');
    expect(events.length).toBeLessThan(Number(checkpoint.split('\n')[1]));
    expect(await verify('until.json')).toMatchObject({ exit: 0 });
  }, 60_000);

  it('is proven not to have changed since a checkpoint that the auditor kept', async () => {
    await writeFile(at('kept.txt'), await published('checkpoint'));
    await step(system, as('loket'), 'reopenCase', { caseId, reason: 'NEW_FACTS' });
    await cosignedOverAll();
    await bundled('since.json', '--case', caseId, '--earlier', at('kept.txt'));
    const { exit, said } = await verify('since.json', '--earlier', 'kept.txt');
    expect({ exit, said }).toMatchObject({
      exit: 0,
      said: expect.stringContaining('Nothing that was under your earlier checkpoint') as unknown,
    });
  }, 60_000);

  it('is not proven once a byte of an event is another, and the verifier says which event', async () => {
    const bundle = await bundled('changed.json', '--case', caseId);
    const events = bundle.events.map((event, index) =>
      index === 1 ? { ...event, data: (event.data as string).replace('SOLVED', 'UNSOLVED') } : event,
    );
    await writeFile(at('changed.json'), JSON.stringify({ ...bundle, events }));
    const { exit, said } = await verify('changed.json');
    expect(exit).toBe(1);
    expect(said).toContain(`Event 1 of case-${caseId} is not in the log in this form`);
  }, 60_000);

  it('stays provable after the client’s key was destroyed', async () => {
    const [registered] = (await bundled('before.json', '--case', caseId)).events;
    const { clientId } = JSON.parse(registered?.data as string) as { clientId: string };
    const { keysUrl } = await connections();
    const ring = await loadKeyRing(join(spil.dataFolder, 'secrets', 'key-ring.json'));
    const pool = new pg.Pool({ connectionString: keysUrl });
    const tombstones = 'SELECT count(*)::int AS count FROM key_store.tombstone WHERE key_id IS NOT NULL';
    await new KeyStore(pool, ring).destroyKey({
      kind: 'CASE',
      clientId,
      caseId,
      organisationId: people.loket.organisationId,
    });
    expect((await pool.query<{ count: number }>(tombstones)).rows).toEqual([{ count: 1 }]);
    await pool.end();
    await bundled('after.json', '--case', caseId);
    expect(await verify('after.json')).toMatchObject({ exit: 0 });
    const metrics = ['--metrics-file', at('history.prom')];
    expect(await askTool(['verify-history', '--data', spil.dataFolder, ...metrics])).toMatchObject({
      exit: 0,
      answer: { equal: true },
    });
    expect(await readFile(at('history.prom'), 'utf8')).toMatch(/^spil_verify_history_differences 0$/m);
  }, 60_000);
});
