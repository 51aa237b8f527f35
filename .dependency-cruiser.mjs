/** The architecture diagram that cannot lie: which part may import which. @type {import('dependency-cruiser').IConfiguration} */
const mayOnlyImport = (name, allowedLibs) => ({
  name: `${name}-arrows`,
  severity: 'error',
  comment: `libs/${name} may import ${allowedLibs.length ? allowedLibs.join(', ') : 'no other part of Spil'}`,
  from: { path: `^libs/${name}/` },
  to: {
    path: '^(apps|libs|test|bench)/',
    pathNot: `^(libs/(${[name, ...allowedLibs].join('|')})|test/support)/`,
  },
});

export default {
  forbidden: [
    mayOnlyImport('domain', []),
    mayOnlyImport('event-store', ['domain', 'telemetry', 'postgres']),
    mayOnlyImport('access', ['domain']),
    mayOnlyImport('commands', ['domain', 'event-store', 'access']),
    mayOnlyImport('read-model', ['domain', 'postgres']),
    mayOnlyImport('embedded', []),
    mayOnlyImport('telemetry', []),
    mayOnlyImport('config', []),
    mayOnlyImport('proof', []),
    mayOnlyImport('postgres', []),
    mayOnlyImport('progress', []),
    {
      name: 'proof-is-pure',
      severity: 'error',
      comment: 'Trees, proofs and signatures need nothing but cryptography.',
      from: { path: '^libs/proof/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: '^crypto$' },
    },
    mayOnlyImport('plain-language', ['domain']),
    mayOnlyImport('audit', ['domain', 'access', 'postgres']),
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'The domain knows no framework, no I/O and no clock.',
      from: { path: '^libs/domain/', pathNot: '(\\.spec\\.ts$|/test-support/)' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      name: 'apps-never-import-apps',
      severity: 'error',
      comment:
        "Only standalone composes the other apps, for it is everything in one process, and the operators' tool, for it runs their rebuild, check and load by hand.",
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/(standalone|operator)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'nothing-imports-the-operators-tool',
      severity: 'error',
      comment: 'The tool stands on top: it composes standalone, so that the two would import each other.',
      from: { path: '^(apps|libs)/', pathNot: '^apps/operator/' },
      to: { path: '^apps/operator/' },
    },
    {
      name: 'one-event-store-client',
      severity: 'error',
      comment: 'Only libs/event-store knows the client; the embedded node borrows its service definitions.',
      from: { pathNot: '^(libs/(event-store|embedded)|test/support)/' },
      to: { path: '@eventstore/db-client' },
    },
    {
      name: 'no-nest-below-the-apps',
      severity: 'error',
      from: {
        path: '^libs/(domain|event-store|embedded|config|telemetry|audit|plain-language|postgres|progress)/',
        pathNot: '\\.spec\\.ts$',
      },
      to: { path: 'node_modules/@nestjs' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-tests-in-product',
      severity: 'error',
      from: { pathNot: '(\\.spec\\.ts$|/test-support/|^test/|^bench/)' },
      to: { path: '(\\.spec\\.ts$|^test/|^bench/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
