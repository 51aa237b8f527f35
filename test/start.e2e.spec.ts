import { spawnSync } from 'node:child_process';
import { queriesToTry } from '../apps/standalone/src/welcome.js';
import { startSpil, type RunningSpil } from './support/spil.js';

describe('npm start', () => {
  let spil: RunningSpil;

  beforeAll(async () => {
    spil = await startSpil();
  });

  afterAll(async () => {
    await spil.clean();
  });

  it.each(queriesToTry)('prints a query that its printed token answers: $title', async ({ role, query }) => {
    const token = await spil.printedAfter(new RegExp(`^${role} \\(`));
    const response = await fetch(spil.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token.trim()}` },
      body: JSON.stringify({ query }),
    });
    expect(await response.json()).toMatchObject({ data: expect.any(Object) as unknown });
  });

  it('prints the queries themselves', async () => {
    for (const { title, role } of queriesToTry) {
      expect(await spil.printed(new RegExp(`\\(token: ${role}\\)`))).toContain(title);
    }
  });

  it('refuses a second start on the same folder, and says what to do', () => {
    const second = spawnSync(
      process.execPath,
      ['dist/apps/standalone/src/main.js', '--data', spil.dataFolder, '--port', '0'],
      { encoding: 'utf8' },
    );
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/is in use by process \d+; stop it, or choose another folder with --data/);
  });

  it('refuses variables that are wrong or not for it with a line for each, and touches nothing', () => {
    const refused = spawnSync(
      process.execPath,
      ['dist/apps/standalone/src/main.js', '--data', spil.dataFolder],
      {
        encoding: 'utf8',
        env: { ...process.env, SPIL_LOG_LEVEL: 'loud', SPIL_READ_DATABASE_URL: 'postgres://elsewhere' },
      },
    );
    expect(refused.status).toBe(78);
    expect(refused.stderr.split('\n').filter((line) => line.includes('SPIL_'))).toEqual([
      expect.stringMatching(/^SPIL_READ_DATABASE_URL is not for the embedded default/),
      expect.stringMatching(/^SPIL_LOG_LEVEL must be one of/),
    ]);
  });

  it('starts again on the same data after kill -9, and ends cleanly on Ctrl-C', async () => {
    await spil.kill9();
    spil = await spil.restart();
    expect(await spil.stop()).toBe(0);
  });
});
