const lib = (name) => [`^@spil/${name}$`, `<rootDir>/libs/${name}/src/index.ts`];

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/global-setup.mjs',
  globalTeardown: '<rootDir>/test/global-teardown.mjs',
  testTimeout: 60_000,
  maxWorkers: 2,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: {
    ...Object.fromEntries(
      [
        'domain',
        'commands',
        'event-store',
        'read-model',
        'access',
        'audit',
        'plain-language',
        'embedded',
        'config',
        'telemetry',
        'proof',
        'postgres',
        'progress',
      ].map(lib),
    ),
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
