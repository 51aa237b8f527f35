import { projectionNames } from '@spil/read-model';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { askTool, interruptTool, runTool } from './support/operator.js';
import { eventually } from './support/eventually.js';
import { databaseUrl } from './support/log-head.js';
import { startSpil, type RunningSpil } from './support/spil.js';
import { as, populate, step } from './support/system.js';

const canary = 'Kanarie van der Vogel';

interface Status {
  readonly spil: string;
  readonly readModels: readonly { readonly name: string; readonly lagPositions: string }[];
  readonly parked: readonly { readonly stream: string; readonly projection: string }[];
}

describe("the operators' tool", () => {
  let folder: string;
  let spil: RunningSpil;
  let caseId: string;
  let connections: Readonly<Record<string, string>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-operator-'));
    spil = await startSpil();
    await populate(system);
    const opened = await step(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      clientMunicipality: 'GM0344',
      client: { name: canary, phone: '06 00000000' },
      clientQuestion: `Mag dit, vraagt ${canary}?`,
      signaleringRelevance: 'NO',
    });
    caseId = opened.id;
    connections = JSON.parse(await readFile(connectionsFile(), 'utf8')) as typeof connections;
  }, 120_000);

  afterAll(async () => {
    await spil.stop();
    await spil.clean();
    await rm(folder, { recursive: true });
  });

  const system = {
    ask: (...question: Parameters<RunningSpil['query']>) => spil.query(...question),
  };
  const connectionsFile = (): string => join(spil.dataFolder, 'connections.json');
  const status = async (): Promise<{ exit: number | null; answer: Status }> => {
    const { exit, answer } = await askTool(['status', ...here()]);
    return { exit, answer: answer as Status };
  };
  const here = (): string[] => ['--data', spil.dataFolder];
  /** As a deployment is described to the tool. */
  const deployment = (): NodeJS.ProcessEnv => ({
    SPIL_EVENT_STORE_URL: connections.eventStoreUrl,
    SPIL_EVENT_STORE_USER: 'admin',
    SPIL_EVENT_STORE_PASSWORD: 'changeit',
    SPIL_READ_DATABASE_URL: connections.readWorkerUrl,
    SPIL_READ_OWNER_DATABASE_URL: connections.readOwnerUrl,
    SPIL_KEYS_DATABASE_URL: connections.keysUrl,
    SPIL_AUDIT_DATABASE_URL: connections.auditServiceUrl,
  });
  const onCaseTables = async (statement: (schema: string) => string): Promise<void> => {
    const owner = new pg.Client({ connectionString: connections.readOwnerUrl });
    await owner.connect();
    const { rows } = await owner.query<{ schema_name: string }>(
      `SELECT schema_name FROM projection.generation WHERE projection = 'case' AND live`,
    );
    await owner.query(statement(rows[0]?.schema_name ?? ''));
    await owner.end();
  };
  const caughtUp = (): Promise<unknown> =>
    eventually(async () => {
      const { answer } = await status();
      expect(answer.readModels.map(({ lagPositions }) => lagPositions)).toEqual(
        projectionNames.map(() => '0'),
      );
    });

  it('finds a running Spil by what it wrote for its owner alone', async () => {
    expect((await stat(connectionsFile())).mode & 0o777).toBe(0o600);
    await caughtUp();
    expect(await status()).toMatchObject({
      exit: 0,
      answer: {
        spil: `running on ${spil.dataFolder}`,
        eventStore: { reachable: true },
        readDatabase: { reachable: true },
        keys: { reachable: true },
        audit: { reachable: true },
        parked: [],
      },
    });
  });

  it('finds a deployment by its environment', async () => {
    const { exit, stdout } = await runTool(['status'], deployment());
    expect({ exit, stdout }).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/deployment/) as unknown,
    });
    for (const line of ['case', 'timeline', 'reference', 'figures', 'No case is parked.'])
      expect(stdout).toContain(line);
  });

  it('says by its exit code what is not there', async () => {
    const environment = { ...deployment(), SPIL_EVENT_STORE_URL: 'esdb://127.0.0.1:9?tls=false' };
    expect(await askTool(['status'], environment)).toMatchObject({
      exit: 3,
      answer: { eventStore: { reachable: false }, readDatabase: { reachable: true } },
    });
    expect((await runTool(['replay', caseId], environment)).exit).toBe(3);
  });

  it.each([
    [
      'a variable that is missing',
      ['status'],
      { SPIL_READ_DATABASE_URL: '' },
      /SPIL_READ_DATABASE_URL is not set/,
    ],
    [
      'no owner for a rebuild',
      ['rebuild', '--all'],
      { SPIL_READ_OWNER_DATABASE_URL: '' },
      /OWNER_DATABASE_URL/,
    ],
    ['no read model', ['rebuild'], {}, /name one read model/],
    ['an unknown read model', ['verify', 'cases'], {}, /case, timeline, reference, figures/],
    ['something that is no case id', ['replay', 'abc'], {}, /is no case id/],
    [
      'a moment that is none',
      ['replay', '11111111-1111-4111-8111-111111111111', '--as-of', 'x'],
      {},
      /no moment/,
    ],
    ['an unknown command', ['destroy'], {}, /unknown command/],
    ['an unknown option', ['status', '--loud'], {}, /unknown option/],
    ['no pilot at all', ['pilot', '--scale', '0'], {}, /whole number/],
    ['a folder without Spil', ['status', '--data', '/nowhere'], {}, /there is no Spil in/],
    ['a role that does not exist', ['token', '--role', 'KING'], {}, /Allowed choices/],
  ])('refuses %s and says what would do', async (_, args, change, saying) => {
    const { exit, stderr } = await runTool(args, { ...deployment(), ...change });
    expect(stderr).toMatch(saying);
    expect(exit).toBe(2);
    expect(await askTool(args, { ...deployment(), ...change })).toEqual({
      exit: 2,
      answer: { error: expect.stringMatching(saying) as unknown },
    });
  });

  it.each(['status', 'replay', 'rebuild', 'verify', 'verify-history', 'bundle', 'retry', 'pilot', 'token'])(
    'explains %s',
    async (command) => {
      const { exit, stdout } = await runTool([command, '--help']);
      expect(exit).toBe(0);
      expect(stdout).toMatch(new RegExp(`Usage: spil ${command}[^]*--data <dir>[^]*--json`));
    },
  );

  it('replays a case with its personal fields sealed', async () => {
    const { exit, stdout } = await runTool(['replay', caseId, ...here()]);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/OPEN, 1 events/);
    expect(stdout).toMatch(/0 {2}CaseRegistered/);
    expect(stdout).toMatch(/facts\.primaryArea: HUURRECHT/);
    expect(stdout).toMatch(/sealed: .*client.*facts\.clientQuestion/);
    expect(stdout).not.toContain('Kanarie');
    expect(await askTool(['replay', caseId, ...here()])).toMatchObject({
      exit: 0,
      answer: { status: 'OPEN', events: [{ revision: '0', type: 'CaseRegistered', known: true }] },
    });
  });

  it('replays a case as it stood', async () => {
    expect(await askTool(['replay', caseId, '--as-of', '2020-01-01', ...here()])).toMatchObject({
      exit: 1,
      answer: { status: null, events: [] },
    });
  });

  it('finds a row that is not as its events make it, and a rebuild puts it right', async () => {
    await caughtUp();
    const metrics = join(folder, 'verify.prom');
    const before = await runTool(['verify', '--all', ...here(), '--metrics-file', metrics]);
    expect(before).toMatchObject({ exit: 0, stderr: expect.stringContaining('figures') as unknown });
    expect(before.stdout).toContain('Every row is as its events make it.');
    expect(await readFile(metrics, 'utf8')).toMatch(/spil_verify_differences\{projection="figures"\} 0/);

    await onCaseTables((schema) => `UPDATE ${schema}.case_row SET flags = 9`);
    const found = await runTool(['verify', 'case', ...here(), '--metrics-file', metrics]);
    expect(found.exit).toBe(1);
    expect(found.stdout).toContain(`case.case_row: different row case_id=${caseId} in flags`);
    expect(await readFile(metrics, 'utf8')).toMatch(/spil_verify_differences\{projection="case"\} 1/);

    expect(await askTool(['rebuild', 'case', ...here()])).toMatchObject({
      exit: 0,
      answer: { rebuilt: [{ name: 'case', generation: 2 }] },
    });
    expect(await askTool(['verify', 'case', ...here()])).toMatchObject({ exit: 0, answer: { equal: true } });
  });

  /** While a trigger of this body stands before every row of new tables of cases. */
  const withSpoiltRows = async (body: string, work: () => Promise<void>): Promise<void> => {
    const admin = new pg.Client({ connectionString: await databaseUrl(spil, 'spil_read') });
    await admin.connect();
    try {
      await admin.query(`
        CREATE OR REPLACE FUNCTION public.spoil_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} END $$;
        CREATE OR REPLACE FUNCTION public.spoil_table() RETURNS event_trigger LANGUAGE plpgsql AS $$
          DECLARE made record;
          BEGIN
            FOR made IN SELECT * FROM pg_event_trigger_ddl_commands() LOOP
              IF made.object_identity LIKE 'case\\_v%.case\\_row' THEN
                EXECUTE format('CREATE TRIGGER spoil BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION public.spoil_row()', made.object_identity);
              END IF;
            END LOOP;
          END $$;
        CREATE EVENT TRIGGER spoil ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION public.spoil_table()`);
      await work();
    } finally {
      await admin.query('DROP EVENT TRIGGER IF EXISTS spoil');
      await admin.end();
    }
    expect(await askTool(['verify', 'case', ...here()])).toMatchObject({ exit: 0, answer: { equal: true } });
  };

  it('does not switch to new tables that are not as the events make them, and names the row', () =>
    withSpoiltRows('NEW.flags := 9; RETURN NEW;', async () => {
      const refused = await runTool(['rebuild', 'case', ...here()]);

      expect(refused.exit).toBe(1);
      expect(refused.stdout).toContain(`case_row different row case_id=${caseId} in flags`);
      expect(refused.stdout).toMatch(/NOT SWITCHED.*running generation stays/);
    }));

  it('rebuilds the others where one read model cannot take in its events', () =>
    withSpoiltRows(`RAISE check_violation USING MESSAGE = 'fictief';`, async () => {
      const others = projectionNames.filter((name) => name !== 'case');
      const { exit, answer } = await askTool(['rebuild', '--all', ...here()]);
      const { rebuilt, refused } = answer as { rebuilt: { name: string }[]; refused: object[] };

      expect(exit).toBe(1);
      expect(rebuilt.map(({ name }) => name).sort()).toEqual(others.sort());
      expect(refused).toEqual([
        { name: 'case', error: expect.stringMatching(/database refused.*23514/) as string },
      ]);
    }));

  it('names a parked case and takes it in again once the cause is mended', async () => {
    await onCaseTables(
      (schema) => `ALTER TABLE ${schema}.case_row ADD CONSTRAINT none_closed CHECK (status <> 'CLOSED')`,
    );
    const closed = await step(system, as('loket'), 'closeCase', {
      caseId,
      outcome: 'SOLVED',
      solution: 'ADVICE',
    });
    expect(closed).toMatchObject({ __typename: 'StepAccepted' });
    const stream = `case-${caseId}`;
    await eventually(async () => {
      const { exit, answer } = await status();
      expect({ exit, parked: answer.parked }).toMatchObject({
        exit: 1,
        parked: [{ stream, projection: 'case' }],
      });
    });
    expect(await askTool(['retry', stream, ...here()])).toMatchObject({
      exit: 1,
      answer: { results: [{ projection: 'case', kind: 'stillParked' }] },
    });
    expect(await runTool(['verify', 'case', ...here()])).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(
        /Parked streams, compared as of before .* parked them: 1 of case;/,
      ) as unknown,
    });

    await onCaseTables((schema) => `ALTER TABLE ${schema}.case_row DROP CONSTRAINT none_closed`);
    expect(await askTool(['retry', stream, ...here()])).toMatchObject({
      exit: 0,
      answer: { results: [{ projection: 'case', kind: 'resumed', events: 1 }] },
    });
    expect((await askTool(['status', ...here()])).exit).toBe(0);
    expect((await askTool(['verify', 'case', ...here()])).exit).toBe(0);
    expect(await runTool(['retry', stream, ...here()])).toMatchObject({
      exit: 1,
      stdout: expect.stringContaining('is not parked') as unknown,
    });
  }, 120_000);

  it('gives a token that the service takes', async () => {
    const { exit, stdout } = await runTool(['token', '--role', 'BOARD', ...here()]);
    expect(exit).toBe(0);
    const answer = await fetch(spil.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${stdout.trim()}` },
      body: JSON.stringify({ query: '{ me { role } }' }),
    });
    expect(await answer.json()).toMatchObject({ data: { me: { role: 'BOARD' } } });
    expect(await askTool(['token', '--role', 'COORDINATOR', '--hours', '1', ...here()])).toMatchObject({
      exit: 0,
      answer: { role: 'COORDINATOR', mayImport: false, hours: 1 },
    });
  });

  it.each([
    ['a token', ['token', '--role', 'ADMIN']],
    ['the pilot', ['pilot']],
  ])('refuses %s in production', async (_, args) => {
    const { exit, stdout, stderr } = await runTool([...args, ...here()], { NODE_ENV: 'production' });
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toMatch(/for development only/);
  });

  it('loads the pilot into the running Spil, and says how to go on when it is stopped', async () => {
    const { exit, stderr } = await interruptTool(['pilot', '--scale', '1', ...here()], /pilot .*\d%/);
    expect({ exit, stderr }).toMatchObject({
      exit: 1,
      stderr: expect.stringMatching(/the same command goes on where it was/) as unknown,
    });
    await eventually(async () => {
      const { data } = await spil.query(as('loket'), '{ locations { name } }');
      expect(JSON.stringify(data)).toContain('Nijmegen');
    });
  });

  it('starts what it needs when Spil was stopped, and leaves nothing running', async () => {
    await spil.stop();
    await expect(stat(connectionsFile())).rejects.toThrow('ENOENT');
    const { exit, answer } = await status();
    expect({ exit, spil: answer.spil }).toEqual({ exit: 0, spil: `stopped, on ${spil.dataFolder}` });
    await expect(stat(join(spil.dataFolder, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');
  }, 120_000);

  it('is not misled by what a killed Spil left behind', async () => {
    spil = await spil.restart();
    await spil.kill9();
    expect((await stat(connectionsFile())).isFile()).toBe(true);
    const { exit, answer } = await status();
    expect({ exit, spil: answer.spil }).toEqual({ exit: 0, spil: `stopped, on ${spil.dataFolder}` });
  }, 120_000);
});
