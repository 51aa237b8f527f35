import 'reflect-metadata';
import { access, readdir, readFile } from 'node:fs/promises';
import type { Registry } from 'prom-client';
import { parse } from 'yaml';
import { ServiceMetrics } from '../apps/coordination-service/src/operations/metrics.js';
import { program } from '../apps/operator/src/program.js';
import { historyMetrics, verifyMetrics } from '../apps/operator/src/verify-metrics.js';
import { WorkerService } from '../apps/projection-worker/src/worker.service.js';

/** A metric as a program registers it, or as the page describes it. */
interface Metric {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
}

const byName = (a: Metric, b: Metric): number => (a.name < b.name ? -1 : 1);

/** What a program registers; Node's own metrics are described as a group. */
function registered(registry: Registry): Metric[] {
  const metrics = registry.getMetricsAsArray() as unknown as (Omit<Metric, 'labels'> & {
    labelNames: string[];
  })[];
  return metrics
    .map(({ name, type, labelNames }) => ({ name, type, labels: labelNames }))
    .filter(({ name }) => !/^(process|nodejs)_/.test(name))
    .sort(byName);
}

const worker = new WorkerService({
  eventStore: { url: 'esdb://127.0.0.1:1?tls=false', user: 'nobody', password: 'none' },
  readDatabaseUrl: 'postgres://nobody@127.0.0.1:1/none',
  port: 0,
});
const programs: readonly (readonly [string, Registry])[] = [
  ['Coordination service', new ServiceMetrics().registry],
  ['Projection worker', worker.metrics],
  ['Nightly check', verifyMetrics([], new Date(0))],
  [
    'Nightly check of the history',
    historyMetrics(
      {
        equal: true,
        leaves: 0,
        checkpointSize: 0,
        checkpointHolds: true,
        changed: 0,
        broken: 0,
        differences: [],
        missing: 0,
      },
      new Date(0),
    ),
  ],
];

describe('the page on metrics', () => {
  let sections: Map<string, Metric[]>;

  beforeAll(async () => {
    const page = await readFile('docs/operations/metrics.md', 'utf8');
    sections = new Map(
      page.split(/^## /m).map((section) => {
        const rows = section.matchAll(/^\| `(spil_\w+)` +\| (\w+) +\| (?:`([\w, ]+)`)? +\|/gm);
        const metrics = [...rows].map(([, name = '', type = '', labels = '']) => ({
          name,
          type,
          labels: labels === '' ? [] : labels.split(', '),
        }));
        return [section.split('\n')[0] ?? '', metrics.sort(byName)];
      }),
    );
  });

  it.each(programs)('describes exactly what is registered: %s', (section, registry) => {
    expect(sections.get(section)).toEqual(registered(registry));
  });
});

describe('the alerting rules', () => {
  interface Rule {
    readonly alert: string;
    readonly expr: string;
    readonly labels: { readonly severity: string };
    readonly annotations: { readonly summary: string; readonly action: string };
  }
  let rules: Rule[];

  beforeAll(async () => {
    const file = parse(await readFile('docs/operations/alerts.yaml', 'utf8')) as {
      groups: { name: string; rules: Rule[] }[];
    };
    rules = file.groups.flatMap((group) => group.rules);
  });

  /** Every series that a scrape of our programs can hold, with the labels that it can carry. */
  const series = new Map(
    programs.flatMap(([, registry]) =>
      registered(registry).flatMap(({ name, type, labels }): [string, readonly string[]][] =>
        type === 'histogram'
          ? ['_bucket', '_sum', '_count'].map((suffix) => [name + suffix, labels])
          : [[name, labels]],
      ),
    ),
  );

  it('name only metrics and labels that exist', () => {
    for (const { alert, expr } of rules) {
      const used = [...expr.matchAll(/\b(spil_\w+)(?:\{([^}]*)\})?/g)];
      expect([alert, used.length > 0]).toEqual([alert, true]);
      for (const [, name = '', matchers = ''] of used) {
        expect([...series.keys()]).toContain(name);
        for (const [, label = ''] of matchers.matchAll(/(\w+)=/g)) expect(series.get(name)).toContain(label);
      }
    }
  });

  it('warn of lag, parked cases, a failed check, an absent event store and absent leaders', () => {
    expect(rules.map(({ alert }) => alert)).toEqual(
      expect.arrayContaining([
        'SpilReadModelLags',
        'SpilCasesParked',
        'SpilVerifyFailed',
        'SpilVerifyDidNotRun',
        'SpilHistoryRewritten',
        'SpilVerifyHistoryDidNotRun',
        'SpilEventStoreUnavailable',
        'SpilNoWorkerLeads',
      ]),
    );
  });

  it('say each how bad it is and what to do', () => {
    for (const { alert, labels, annotations } of rules) {
      expect([alert, labels.severity]).toEqual([alert, expect.stringMatching(/^(warning|critical)$/)]);
      expect([alert, annotations.summary, annotations.action]).toEqual([
        alert,
        expect.stringMatching(/\S/),
        expect.stringMatching(/\S{1,} \S/),
      ]);
    }
  });
});

describe('the page on backups', () => {
  let page: string;

  beforeAll(async () => {
    page = await readFile('docs/operations/backup.md', 'utf8');
  });

  it('opens no file of a backup in the operator’s own shell: its folder is root’s', () => {
    expect(page).toMatch(/sudo install -d -m 0700 "\$to"/);
    expect(page.split('\n').filter((line) => /[<>] *"?\$to/.test(line))).toEqual([]);
  });

  it('lets no dump fail unnoticed because what it is piped into went well', () => {
    for (const [block] of page.matchAll(/^```sh$[^]*?^```$/gm))
      if (/pg_dump|pg_restore/.test(block)) expect(block).toMatch(/^```sh\nset -o pipefail$/m);
  });
});

describe('the commands beside Compose that the pages on operations give', () => {
  let lines: string[];

  beforeAll(async () => {
    const folder = 'docs/operations';
    const pages = (await readdir(folder)).filter((name) => name.endsWith('.md'));
    const texts = await Promise.all(pages.map((name) => readFile(`${folder}/${name}`, 'utf8')));
    lines = texts
      .flatMap((text) => text.split('\n'))
      .filter((line) => line.includes('docker compose run') && !line.includes('`'));
  });

  it('are commands of the operators’ tool, with options that it has', () => {
    const given = lines.flatMap((line) => {
      const [, name, rest = ''] =
        /docker compose run .*?\boperator (\S+)(.*?)(?: 2>.*| #.*)?$/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, options: rest.match(/--[\w-]+/g) ?? [] }];
    });
    expect(given.length).toBeGreaterThan(3);
    for (const { name, options } of given) {
      const command = program.commands.find((one) => one.name() === name);
      expect([name, command?.options.map(({ long }) => long)]).toEqual([
        name,
        expect.arrayContaining(options),
      ]);
    }
  });

  it('mount folders by their whole path, which means the same wherever they are given', () => {
    const mounted = lines.flatMap((line) => [...line.matchAll(/ -v "?([^:]+):/g)].map(([, path]) => path));
    expect(mounted.length).toBeGreaterThan(3);
    for (const path of mounted) expect(path).toMatch(/^(\/|\$PWD\/)/);
  });

  it('name their Compose files where cron gives them', async () => {
    const ofCron = lines.filter((line) => /^[\d*]/.test(line));
    expect(ofCron).toHaveLength(1);
    for (const line of ofCron) {
      const [, files = 'none'] = /&& COMPOSE_FILE=(\S+) docker compose run /.exec(line) ?? [];
      await Promise.all(files.split(':').map((file) => access(file)));
    }
  });
});
