import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { extractText, getDocumentProxy } from 'unpdf';
import { closed, officers, taken, told } from './erasure/support.js';
import { askTool, runTool } from './support/operator.js';
import { startSpil, type RunningSpil } from './support/spil.js';
import { as, people, populate } from './support/system.js';

const canary = 'Kanarie van der Vogel (fictief)';

interface Retention {
  readonly by: string;
  readonly organisations: readonly {
    readonly organisationId: string;
    readonly years: number;
    readonly duty: boolean;
    readonly cases: readonly { readonly caseId: string; readonly due: string }[];
  }[];
}

describe("what the operators' tool tells of cases", () => {
  let folder: string;
  let spil: RunningSpil;
  let caseId: string;
  let auditUrl: string;

  const system = { ask: (...question: Parameters<RunningSpil['query']>) => spil.query(...question) };
  const here = (): string[] => ['--data', spil.dataFolder];
  const today = new Date().toISOString().slice(0, 10);
  const inYears = (years: number): string => `${Number(today.slice(0, 4)) + years}-12-31`;
  const disclosures = async (): Promise<number> => {
    const audit = new pg.Client({ connectionString: auditUrl });
    await audit.connect();
    const { rows } = await audit.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM access_log.disclosure',
    );
    await audit.end();
    return rows[0]?.count ?? -1;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-operator-cases-'));
    spil = await startSpil();
    const connections = await readFile(join(spil.dataFolder, 'connections.json'), 'utf8');
    auditUrl = (JSON.parse(connections) as { readonly auditServiceUrl: string }).auditServiceUrl;
    await populate(system);
    const opened = await taken(system, as('loket'), 'registerCaseWithConversation', {
      registration: {
        registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
        channel: 'PHONE',
        primaryArea: 'HUURRECHT',
        client: { name: canary },
        clientQuestion: `Mag dit, vraagt ${canary}?`,
      },
      contact: { reachedKind: 'ADVOCATUUR' },
    });
    caseId = opened.id;
    await taken(system, as('lawyer'), 'registerCounterpart', {
      registrationCode: opened.registrationCode,
      account: { result: 'ADVICE_GIVEN', advice: `Advies over ${canary}` },
    });
    const { position } = await closed(system, as('loket'), caseId);
    await told(
      system,
      officers.loket,
      `query ($position: Position!) { retentionDue(atLeast: { position: $position }) { years } }`,
      { position },
    );
  }, 120_000);

  afterAll(async () => {
    await spil.stop();
    await spil.clean();
    await rm(folder, { recursive: true });
  });

  it('is a history in plain Dutch as a page, without personal texts and so without a row in the access log', async () => {
    const out = join(folder, 'casus.html');
    const before = await disclosures();
    const { exit, stdout } = await runTool(['render', caseId, '--out', out, ...here()]);
    expect({ exit, stdout }).toMatchObject({ exit: 0, stdout: expect.stringContaining(out) as unknown });
    const page = await readFile(out, 'utf8');
    expect(page).toContain(`<h1>Geschiedenis van casus ${caseId}</h1>`);
    expect(page).toMatch(/persoonlijke teksten bij/);
    expect(page).not.toContain('Kanarie');
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect(await disclosures()).toBe(before);
  });

  it('is the same in plain English as a PDF', async () => {
    const out = join(folder, 'case.pdf');
    expect(await askTool(['render', caseId, '--language', 'en', '--out', out, ...here()])).toMatchObject({
      exit: 0,
      answer: { caseId, language: 'en', format: 'pdf', events: 5, file: out },
    });
    const file = new Uint8Array(await readFile(out));
    const { text } = await extractText(await getDocumentProxy(file), { mergePages: true });
    // Where lines break follows from how wide the digits of the case's id happen to be.
    const unbroken = text.replaceAll(/\s/g, '');
    expect(unbroken).toContain(`Historyofcase${caseId}`);
    expect(unbroken).not.toContain('Kanarie');
  });

  it('is nothing for a case, or a moment, without events: then no file is written', async () => {
    const out = join(folder, 'nothing.html');
    for (const args of [[caseId, '--as-of', '2020-01-01'], ['11111111-1111-4111-8111-111111111111']])
      expect(await askTool(['render', ...args, '--out', out, ...here()])).toMatchObject({
        exit: 1,
        answer: { events: 0, file: null },
      });
    await expect(stat(out)).rejects.toThrow('ENOENT');
  });

  it('is what retention makes due, by organisation, with the day since when', async () => {
    const due = async (...args: string[]) => {
      const { exit, answer } = await askTool(['retention', ...args, ...here()]);
      expect(exit).toBe(0);
      return answer as Retention;
    };
    const casesOf = ({ organisations }: Retention, id: string) =>
      organisations.find(({ organisationId }) => organisationId === id)?.cases.map((one) => one.caseId);
    expect((await due()).by).toBe(today);
    for (const { cases } of (await due()).organisations) expect(cases).toEqual([]);

    const later = await due('--by', inYears(2));
    expect(casesOf(later, people.loket.organisationId)).toEqual([caseId]);
    expect(casesOf(later, people.lawyer.organisationId)).toEqual([]);
    const latest = await due('--by', inYears(5), '--organisation', people.lawyer.organisationId);
    expect(latest.organisations).toMatchObject([{ years: 5, duty: true, cases: [{ caseId }] }]);

    const { stdout } = await runTool(['retention', '--by', inYears(2), ...here()]);
    expect(stdout).toContain(`1 cases are due by ${inYears(2)}`);
    expect(stdout).toContain(caseId);
    expect((await runTool(['retention', ...here()])).stdout).toContain(`Nothing is due by ${today}.`);
  });

  it.each([
    ['something that is no case id', ['render', 'abc', '--out', 'x.html'], /is no case id/],
    [
      'a format there is not',
      ['render', '11111111-1111-4111-8111-111111111111', '--out', 'x.doc'],
      /neither a .html nor/,
    ],
    [
      'a language there is not',
      ['render', 'x', '--out', 'x.pdf', '--language', 'fr'],
      /Allowed choices are nl, en/,
    ],
    ['no file at all', ['render', '11111111-1111-4111-8111-111111111111'], /required option '--out/],
    ['a day that is none', ['retention', '--by', '2027-02-30'], /is no day/],
    [
      'an organisation that nobody knows',
      ['retention', '--organisation', 'x'],
      /there is no organisation 'x'/,
    ],
  ])('refuses %s and says what would do', async (_, args, saying) => {
    const { exit, stderr } = await runTool([...args, ...here()]);
    expect(stderr).toMatch(saying);
    expect(exit).toBe(2);
  });

  it.each(['render', 'retention'])('explains %s', async (command) => {
    const { exit, stdout } = await runTool([command, '--help']);
    expect(exit).toBe(0);
    expect(stdout).toMatch(new RegExp(`Usage: spil ${command}[^]*--data <dir>[^]*--json`));
  });
});
