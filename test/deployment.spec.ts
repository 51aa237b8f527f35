import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { validate } from 'dockerfile-utils';
import { acceptedAlgorithms, claimsOf, roles } from '@spil/access';
import { variables } from '@spil/config';
import { organisationKinds } from '@spil/domain';
import { readCompose, secretsOf, type Compose } from './support/compose.js';

const files = [
  'docker/compose.yaml',
  'docker/compose.tls.yaml',
  'docker/compose.oidc.yaml',
  'docker/compose.witnesses.yaml',
];
const scripts = [
  'docker/make-secrets.sh',
  'docker/spil',
  'docker/eventstore/start.sh',
  'docker/keycloak/start.sh',
];
const oneOff = new Set(['migrate', 'operator', 'keys']);
const installed = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

describe('the Compose files', () => {
  let plain: Compose;
  let tls: Compose;

  beforeAll(async () => {
    plain = await readCompose('compose.yaml');
    tls = await readCompose('compose.yaml', 'compose.tls.yaml');
  });
  const both = () => [plain, tls];
  const each = () => both().flatMap(({ services }) => Object.entries(services));

  it('are what the Compose specification describes, and a linter finds nothing wrong in them', () => {
    const linter = [
      'node_modules/dclint/bin/dclint.cjs',
      '--config',
      'docker/dclint.yaml',
      '--max-warnings',
      '0',
    ];
    const { status, stdout } = spawnSync(process.execPath, [...linter, ...files], { encoding: 'utf8' });
    expect([status, stdout.trim()]).toEqual([0, '']);
  });

  if (installed('docker', 'compose', 'version'))
    it('are understood by Docker Compose', () => {
      const { status, stderr } = spawnSync(
        'docker',
        ['compose', ...files.flatMap((file) => ['-f', file]), 'config', '--quiet'],
        {
          env: {
            ...process.env,
            SPIL_TOKEN_ISSUER: 'https://identity.example/realms/spil',
            SPIL_TOKEN_AUDIENCE: 'spil',
            SPIL_IDENTITY_URL: 'https://identity.example',
            SPIL_WEB_URL: 'https://spil.example',
          },
          encoding: 'utf8',
        },
      );
      expect([status, stderr]).toEqual([0, '']);
    });

  it('pin every image to a full version', () => {
    for (const [name, { image = '' }] of each())
      expect([name, image]).toEqual([
        name,
        expect.stringMatching(/:(\d+\.\d+|\$\{SPIL_VERSION:-\d+\.\d+\.\d+\})/),
      ]);
  });

  it('watch the health of what runs on, restart it, and leave alone what runs once', () => {
    for (const [name, { healthcheck, restart }] of each())
      expect([name, restart, healthcheck?.disable ?? false]).toEqual(
        oneOff.has(name) ? [name, 'no', true] : [name, 'unless-stopped', false],
      );
  });

  it('start things in order: the databases, the migration, then what needs them', () => {
    for (const name of ['worker', 'service', 'operator'])
      expect(plain.services[name]?.depends_on).toEqual({
        eventstore: { condition: 'service_healthy' },
        migrate: { condition: 'service_completed_successfully' },
      });
    expect(plain.services.migrate?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
  });

  it('hold no password and no login, only names of files', () => {
    for (const [name, { environment = {} }] of each())
      for (const [variable, value] of Object.entries(environment)) {
        expect([name, variable, value]).not.toEqual([
          name,
          expect.stringMatching(/PASSWORD$|SECRET$|KEY$/),
          expect.anything(),
        ]);
        expect([name, variable, value]).not.toEqual([name, variable, expect.stringMatching(/:\/\/[^/]*@/)]);
      }
  });

  it('give a service the secrets that its variables name, and declare each of them', () => {
    for (const { services, secrets } of both())
      for (const [name, service] of Object.entries(services)) {
        const given = secretsOf(service);
        expect([name, given.filter((secret) => !(secret in secrets))]).toEqual([name, []]);
        const named = Object.values(service.environment ?? {})
          .flatMap((value) => [...value.matchAll(/\/run\/secrets\/([\w-]+)/g)])
          .map(([, secret]) => secret);
        expect([name, named.filter((secret) => !given.includes(secret ?? ''))]).toEqual([name, []]);
      }
  });

  it('give the password of an owner to what migrates and to operators only, and the keys to the service and those who look after them', () => {
    const holders = (pattern: RegExp) =>
      Object.keys(tls.services).filter((name) =>
        secretsOf(tls.services[name] ?? {}).some((secret) => pattern.test(secret)),
      );
    expect(holders(/^(read|keys)-owner/)).toEqual(['migrate', 'operator', 'keys']);
    expect(holders(/^audit-owner/)).toEqual(['migrate']);
    expect(holders(/^keys-service/)).toEqual(['service']);
    expect(holders(/^key-ring/)).toEqual(['service', 'keys']);
    expect(holders(/^checkpoint-key/)).toEqual(['worker']);
    expect(holders(/^postgres-/)).toEqual(['postgres']);
    expect(holders(/^event-store-(admin|ops|certificate-key)/)).toEqual(['eventstore']);
  });

  it('publish the port of the service and no other, on the loopback address', () => {
    const published = Object.entries(tls.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => [name, port]),
    );
    expect(published).toEqual([['service', expect.stringMatching(/^127\.0\.0\.1:.*:4000$/)]]);
  });

  it('keep all but the service off networks that lead anywhere', () => {
    for (const [name, { networks }] of each())
      expect([name, networks]).toEqual([name, name === 'service' ? ['inside', 'outside'] : ['inside']]);
    expect(plain.networks.inside?.internal).toBe(true);
  });

  it('let the worker out to its witnesses where there are any, and change nothing else', async () => {
    const witnessed = await readCompose('compose.yaml', 'compose.witnesses.yaml');
    expect(witnessed.services.worker?.networks).toEqual(['inside', 'outside']);
    expect(secretsOf(witnessed.services.worker ?? {})).toContain('witnesses');
    const others = ({ services }: Compose) => ({ ...services, worker: undefined });
    expect(others(witnessed)).toEqual(others(plain));
  });

  it('use no variable of Spil that no program knows', () => {
    const known = Object.keys(variables).flatMap((name) => [name, `${name}_FILE`]);
    for (const [name, { environment = {} }] of each())
      expect([
        name,
        Object.keys(environment).filter(
          (variable) => variable.startsWith('SPIL_') && !known.includes(variable),
        ),
      ]).toEqual([name, []]);
  });

  it('are told all that they ask for by .env.example, which names nothing else', async () => {
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    const asked = new Set(texts.flatMap((text) => [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name)));
    const example = await readFile('docker/.env.example', 'utf8');
    const told = new Set([...example.matchAll(/^(?:# )?(SPIL_\w+)=/gm)].map(([, name]) => name));
    expect(told).toEqual(asked);
  });

  it('let service and worker send traces where the operator says', () => {
    for (const name of ['service', 'worker'])
      expect(plain.services[name]?.environment?.SPIL_TRACES_URL).toBe('${SPIL_TRACES_URL:-}');
  });

  it('run nothing as root', () => {
    for (const [name, { user, image = '' }] of each())
      expect([name, user]).toEqual([
        name,
        image.includes('kurrentdb') ? undefined : expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/),
      ]);
  });
});

describe('the identity provider of compose.oidc.yaml', () => {
  interface Mapper {
    readonly protocolMapper: string;
    readonly config: Readonly<Record<string, string>>;
  }
  interface Realm {
    readonly users?: unknown;
    readonly defaultSignatureAlgorithm: string;
    readonly clients: readonly {
      readonly clientId: string;
      readonly publicClient: boolean;
      readonly directAccessGrantsEnabled: boolean;
      readonly implicitFlowEnabled: boolean;
      readonly attributes: Readonly<Record<string, string>>;
      readonly protocolMappers: readonly Mapper[];
    }[];
    readonly components: Readonly<
      Record<string, readonly { readonly config: Readonly<Record<string, readonly string[]>> }[]>
    >;
  }
  let text: string;
  let realm: Realm;
  let compose: Compose;

  beforeAll(async () => {
    text = await readFile('docker/keycloak/spil-realm.json', 'utf8');
    realm = JSON.parse(text) as Realm;
    compose = await readCompose('compose.yaml', 'compose.oidc.yaml');
  });
  const client = () => realm.clients[0];
  const attributes = () =>
    (client()?.protocolMappers ?? []).filter(
      ({ protocolMapper }) => protocolMapper === 'oidc-usermodel-attribute-mapper',
    );

  it('writes into access tokens, and into nothing else, the claims that a principal is read from', () => {
    const person = {
      subject: 's',
      role: 'PROFESSIONAL',
      professionalId: 'p',
      organisationId: 'o',
      organisationKind: 'ADVOCATUUR',
      locationId: 'l',
      mayImport: true,
    } as const;
    const claims = Object.keys(claimsOf(person)).filter((claim) => claim !== 'sub');
    expect(attributes().map(({ config }) => config['claim.name'])).toEqual(claims);
    for (const { config } of attributes())
      expect(config).toMatchObject({ 'access.token.claim': 'true', 'id.token.claim': 'false' });
    expect(
      attributes()
        .filter(({ config }) => config['jsonType.label'] === 'boolean')
        .map(({ config }) => config['claim.name']),
    ).toEqual(['may_import']);
    const kinds = client()?.protocolMappers.map(({ protocolMapper }) => protocolMapper);
    expect(kinds).toEqual(expect.arrayContaining(['oidc-sub-mapper', 'oidc-audience-mapper']));
  });

  it('lets nobody change what their own claims are made of, and takes no value that Spil does not know', () => {
    const [provider] = realm.components['org.keycloak.userprofile.UserProfileProvider'] ?? [];
    const profile = JSON.parse(provider?.config['kc.user.profile.config']?.[0] ?? '{}') as {
      attributes: {
        name: string;
        permissions: { edit: string[] };
        validations: { options?: { options: string[] } };
      }[];
    };
    const of = (name: string | undefined) => profile.attributes.find((attribute) => attribute.name === name);
    for (const { config } of attributes())
      expect([config['user.attribute'], of(config['user.attribute'])?.permissions.edit]).toEqual([
        config['user.attribute'],
        ['admin'],
      ]);
    expect(of('role')?.validations.options?.options).toEqual(roles);
    expect(of('organisation_kind')?.validations.options?.options).toEqual(organisationKinds);
  });

  it('signs as Spil demands, with PKCE and without passwords that a program handles', () => {
    expect(acceptedAlgorithms).toContain(realm.defaultSignatureAlgorithm);
    expect(client()).toMatchObject({
      clientId: 'spil',
      publicClient: true,
      directAccessGrantsEnabled: false,
      implicitFlowEnabled: false,
      attributes: { 'pkce.code.challenge.method': 'S256', 'access.token.signed.response.alg': 'ES256' },
    });
  });

  it('comes with no user and no secret', () => {
    expect(realm.users).toBeUndefined();
    expect(text).not.toMatch(/"(secret|credentials|privateKey|password)"/);
  });

  it('is asked for its keys inside the network, and publishes one port on the loopback address', () => {
    expect(compose.services.service?.environment?.SPIL_TOKEN_DISCOVERY_URL).toBe(
      'http://identity:8080/realms/spil/.well-known/openid-configuration',
    );
    expect(compose.services.identity?.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:.*:8080$/)]);
    expect(compose.services['identity-postgres']?.ports).toBeUndefined();
  });

  it('is pinned, has no root, and has secrets of its own only', () => {
    for (const name of ['identity', 'identity-postgres']) {
      const { image, user, ...service } = compose.services[name] ?? {};
      expect([image, user]).toEqual([
        expect.stringMatching(/:\d+\.\d+/),
        expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/),
      ]);
      expect(secretsOf(service).filter((secret) => !secret.startsWith('identity-'))).toEqual([]);
      expect(secretsOf(service).filter((secret) => !(secret in compose.secrets))).toEqual([]);
    }
  });
});

describe('the Dockerfile', () => {
  let dockerfile: string;
  let final: string;

  beforeAll(async () => {
    dockerfile = await readFile('docker/Dockerfile', 'utf8');
    final = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  });

  it('has no mistakes that a linter knows', () => {
    expect(validate(dockerfile)).toEqual([]);
  });

  it('uses one version of Node for building and running, and names it in full', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(new Set(bases)).toEqual(new Set([expect.stringMatching(/^node:\d+\.\d+\.\d+-/)]));
  });

  it('runs as somebody without rights, and tells whether it lives', () => {
    expect(final).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(final).toMatch(/^HEALTHCHECK /m);
    expect(final).toMatch(/^ENV NODE_ENV=production$/m);
  });

  it('installs the locked production packages and runs no script of theirs', () => {
    const installs = [...dockerfile.matchAll(/^RUN npm (?!run build).*$/gm)].map(([install]) => install);
    expect(installs).toEqual([
      expect.stringMatching(/^RUN npm ci --ignore-scripts/),
      expect.stringMatching(/^RUN npm ci --omit=dev --omit=optional --ignore-scripts/),
    ]);
  });

  it('leaves behind what is only for one machine', () => {
    expect(final).not.toMatch(/^COPY .*(standalone|embedded|dist dist|dist\/apps dist|dist\/libs dist)/m);
  });
});

describe('the scripts', () => {
  const checkers = [['bash', '-n'], ...(installed('shellcheck', '--version') ? [['shellcheck']] : [])];
  const checks = checkers.flatMap(([command = '', ...args]) =>
    scripts.map((script) => [script, command, args] as const),
  );

  it.each(checks)('%s is correct in the eyes of %s', (script, command, args) => {
    const { status, stdout, stderr } = spawnSync(command, [...args, script], { encoding: 'utf8' });
    expect([status, stdout + stderr]).toEqual([0, '']);
  });
});

describe('the page on running Spil', () => {
  it('names every environment variable of a deployment', async () => {
    const page = await readFile('docs/operations/deploy.md', 'utf8');
    const told = Object.keys(variables).filter((name) => !name.startsWith('SPIL_EVENT_NODE_'));
    expect(told.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
