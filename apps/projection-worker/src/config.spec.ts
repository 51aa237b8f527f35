import { ConfigurationError, workerConfig } from './config.js';

const complete = {
  SPIL_EVENT_STORE_URL: 'esdb://127.0.0.1:2113?tls=false',
  SPIL_EVENT_STORE_USER: 'admin',
  SPIL_EVENT_STORE_PASSWORD: 'secret',
  SPIL_READ_DATABASE_URL: 'postgres://worker:secret@127.0.0.1/read',
  SPIL_WORKER_PORT: '0',
};

describe('the configuration of the worker', () => {
  it.each(Object.keys(complete))('names %s when it is missing', (name) => {
    expect(() => workerConfig({ ...complete, [name]: undefined })).toThrow(new RegExp(`^${name} is not set`));
    expect(() => workerConfig({ ...complete, [name]: undefined })).toThrow(ConfigurationError);
  });

  it.each([
    ['SPIL_EVENT_STORE_URL', 'http://store'],
    ['SPIL_READ_DATABASE_URL', 'mysql://read'],
    ['SPIL_READ_OWNER_DATABASE_URL', 'read'],
    ['SPIL_WORKER_PORT', '65536'],
    ['SPIL_WORKER_PORT', '-1'],
    ['SPIL_LOG_LEVEL', 'loud'],
  ])('refuses %s=%s in one line', (name, value) => {
    expect(() => workerConfig({ ...complete, [name]: value })).toThrow(new RegExp(`^${name} must .*$`));
  });

  it('does not show a URL that it refuses, which may hold a password', () => {
    expect(() => workerConfig({ ...complete, SPIL_READ_DATABASE_URL: 'mysql://me:hunter2@db' })).not.toThrow(
      /hunter2/,
    );
  });

  it('names the file that it cannot read', () => {
    const env = {
      ...complete,
      SPIL_EVENT_STORE_PASSWORD: undefined,
      SPIL_EVENT_STORE_PASSWORD_FILE: '/not/there',
    };
    expect(() => workerConfig(env)).toThrow(
      'SPIL_EVENT_STORE_PASSWORD_FILE names a file that cannot be read (ENOENT)',
    );
  });

  it('does without an owner, and then neither migrates nor rebuilds', () => {
    expect(workerConfig(complete).readOwnerDatabaseUrl).toBeUndefined();
  });
});
