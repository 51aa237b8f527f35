import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config-error.js';
import { Environment, postgresProtocols } from './environment.js';

/** What is wrong with an environment in the eyes of a program that reads it so. */
function problemsOf(
  values: Record<string, string>,
  read: (environment: Environment) => void,
): readonly string[] {
  const environment = new Environment(values);
  read(environment);
  try {
    environment.check();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the environment', () => {
  let folder: string;
  let password: string;
  let empty: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-environment-'));
    password = join(folder, 'password');
    empty = join(folder, 'empty');
    await writeFile(password, 'hunter2\n');
    await writeFile(empty, '\n');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('gives a value from the variable, or from the file that the variable with _FILE names', () => {
    expect(new Environment({ SPIL_TOKEN_ISSUER: ' https://issuer ' }).required('SPIL_TOKEN_ISSUER')).toBe(
      'https://issuer',
    );
    expect(
      new Environment({ SPIL_EVENT_STORE_PASSWORD_FILE: password }).required('SPIL_EVENT_STORE_PASSWORD'),
    ).toBe('hunter2');
  });

  it('names what is missing, and that a file would do', () => {
    const missing = problemsOf({ SPIL_TOKEN_ISSUER: '  ' }, (environment) => {
      environment.required('SPIL_TOKEN_ISSUER');
      environment.required('SPIL_KEY_RING_FILE');
    });
    expect(missing).toEqual([
      'SPIL_TOKEN_ISSUER is not set (nor SPIL_TOKEN_ISSUER_FILE)',
      'SPIL_KEY_RING_FILE is not set',
    ]);
  });

  it('names a variable that no part of Spil knows, also one with _FILE', () => {
    const values = {
      SPIL_LOGLEVEL: 'info',
      SPIL_PASSWORD_FILE: password,
      SPIL_KEY_RING_FILE_FILE: password,
      HOME: '/',
    };
    expect(problemsOf(values, () => undefined)).toEqual([
      'SPIL_LOGLEVEL is no variable of Spil; is it misspelt?',
      'SPIL_PASSWORD_FILE is no variable of Spil; is it misspelt?',
      'SPIL_KEY_RING_FILE_FILE is no variable of Spil; is it misspelt?',
    ]);
  });

  it('knows the variables of the other parts, so that one set of them configures all', () => {
    expect(
      problemsOf({ SPIL_WORKER_PORT: '4001', SPIL_TOKEN_AUDIENCE_FILE: password }, () => undefined),
    ).toEqual([]);
  });

  it('does not guess between a variable and its file', () => {
    const values = { SPIL_EVENT_STORE_PASSWORD: 'hunter2', SPIL_EVENT_STORE_PASSWORD_FILE: password };
    expect(problemsOf(values, (environment) => environment.required('SPIL_EVENT_STORE_PASSWORD'))).toEqual([
      'SPIL_EVENT_STORE_PASSWORD and SPIL_EVENT_STORE_PASSWORD_FILE are both set',
    ]);
  });

  it('says so when a file cannot be read or is empty, and nothing more about that variable', () => {
    const values = {
      SPIL_EVENT_STORE_PASSWORD_FILE: join(folder, 'nowhere'),
      SPIL_READ_DATABASE_URL_FILE: empty,
    };
    const wrong = problemsOf(values, (environment) => {
      environment.required('SPIL_EVENT_STORE_PASSWORD');
      environment.url('SPIL_READ_DATABASE_URL', postgresProtocols);
    });
    expect(wrong).toEqual([
      'SPIL_EVENT_STORE_PASSWORD_FILE names a file that cannot be read (ENOENT)',
      'SPIL_READ_DATABASE_URL_FILE names an empty file',
    ]);
  });

  it('says what a value must be without repeating it, for it may be a secret', () => {
    const values = {
      SPIL_READ_DATABASE_URL: 'mysql://u:hunter2@h/db',
      SPIL_PORT: '70000',
      SPIL_CHECKPOINT_SECONDS: '0',
      SPIL_LOG_LEVEL: 'loud',
    };
    const wrong = problemsOf(values, (environment) => {
      environment.url('SPIL_READ_DATABASE_URL', postgresProtocols);
      environment.port('SPIL_PORT', 4000);
      environment.seconds('SPIL_CHECKPOINT_SECONDS', 60);
      environment.oneOf('SPIL_LOG_LEVEL', ['info', 'warn'], 'info');
    });
    expect(wrong).toEqual([
      'SPIL_READ_DATABASE_URL must be a URL that starts with postgres:// or postgresql://',
      'SPIL_PORT must be a port number between 0 and 65535',
      'SPIL_CHECKPOINT_SECONDS must be a whole number of seconds between 1 and 86400',
      'SPIL_LOG_LEVEL must be one of info, warn',
    ]);
  });
});
