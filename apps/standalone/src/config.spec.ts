import { ConfigError, variables } from '@spil/config';
import { standaloneConfig } from './config.js';

function problemsOf(values: Record<string, string>): readonly string[] {
  try {
    standaloneConfig(values);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the settings of the embedded default', () => {
  it('need not be given', () => {
    expect(standaloneConfig({})).toEqual({
      port: undefined,
      workerPort: 0,
      logLevel: undefined,
      trustedDocuments: undefined,
      checkpoints: { checkpointSeconds: 10, witnesses: [] },
      tracesUrl: undefined,
    });
  });

  it('mean what they mean to service and worker', () => {
    expect(
      standaloneConfig({
        SPIL_PORT: '4100',
        SPIL_WORKER_PORT: '4101',
        SPIL_LOG_LEVEL: 'info',
        SPIL_CHECKPOINT_SECONDS: '60',
        SPIL_TRACES_URL: 'http://127.0.0.1:4318/v1/traces',
        SOMEBODY_ELSES: 'business',
      }),
    ).toMatchObject({
      port: 4100,
      workerPort: 4101,
      logLevel: 'info',
      checkpoints: { checkpointSeconds: 60 },
      tracesUrl: 'http://127.0.0.1:4318/v1/traces',
    });
  });

  it('are refused by name when they are wrong or misspelt, all at once', () => {
    expect(problemsOf({ SPIL_PORT: 'four', SPIL_LOG_LEVEL: 'loud', SPIL_PROT: '4000' })).toEqual([
      'SPIL_PROT is no variable of Spil; is it misspelt?',
      'SPIL_PORT must be a port number between 0 and 65535',
      'SPIL_LOG_LEVEL must be one of fatal, error, warn, info, debug, silent',
    ]);
  });

  it('are refused where the embedded default decides itself, whichever way they are given', () => {
    const own = 'is not for the embedded default, which decides this itself';
    expect(problemsOf({ SPIL_HOST: '0.0.0.0', SPIL_KEYS_DATABASE_URL_FILE: '/run/secrets/keys' })).toEqual([
      `SPIL_KEYS_DATABASE_URL ${own}`,
      `SPIL_HOST ${own}`,
    ]);
  });

  it('are known for every variable that there is: heard, or refused', () => {
    for (const name of Object.keys(variables)) {
      const problems = problemsOf({ [name]: '/nowhere' });
      expect(problems).toEqual([expect.stringContaining(name)]);
    }
  });
});
