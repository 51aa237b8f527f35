import { roles } from '@spil/access';
import { projectionNames } from '@spil/read-model';
import { Command, InvalidArgumentError, Option } from 'commander';
import { answer, UsageError, type Answer } from './answer.js';
import { orNotInstalled, withSpil } from './find-spil.js';
import type { ApplyOptions, KeysAt } from './keys.js';
import { chosenReadModels } from './read-models.js';
import { usualFolder, type Spil, type Whereabouts } from './spil.js';
import type { BundleOptions } from './bundle.js';
import type { RenderOptions } from './render.js';
import type { RetentionOptions } from './retention.js';
import type { TokenOptions } from './token.js';

type GlobalOptions = Whereabouts & { readonly json?: true };

/** The tool with all its commands and their help. */
export const program = new Command('spil')
  .description('Looks after a Spil: the embedded default in its data folder, or a deployment.')
  .option(
    '--data <dir>',
    `data folder of an embedded default (${usualFolder} unless the environment names a deployment)`,
  )
  .option('--json', 'answer with one JSON document on standard output')
  .configureHelp({ showGlobalOptions: true })
  .exitOverride()
  .addHelpText(
    'after',
    `
Without --data, a deployment is found by the variables that its worker takes: SPIL_EVENT_STORE_URL, SPIL_EVENT_STORE_USER,
SPIL_EVENT_STORE_PASSWORD, SPIL_READ_DATABASE_URL, for a rebuild SPIL_READ_OWNER_DATABASE_URL, for the state of the keys
and of the audit database SPIL_KEYS_DATABASE_URL and SPIL_AUDIT_DATABASE_URL; each may be given as <NAME>_FILE.

Exit codes: 0 all is well, 1 it failed or something is not as it should be, 2 asked in a way that makes no sense,
3 the event store, a database or the service is not there.`,
  );

const globals = (): GlobalOptions => program.opts<GlobalOptions>();
const answering = (work: () => Promise<Answer>): Promise<void> => answer(globals().json ?? false, work);
const onSpil = (work: (spil: Spil) => Promise<Answer>): Promise<void> =>
  answering(() => withSpil(globals(), work));

// Each command is loaded when it is asked for: a word of help must not wait for the whole service.
const readModel = `read model: ${projectionNames.join(', ')}`;

program
  .command('status')
  .description('Says what answers, how far the read models are behind the log, and which cases are parked.')
  .action(() => onSpil(async (spil) => (await import('./status.js')).status(spil)));

program
  .command('replay')
  .description('Shows the history of a case straight from its stream; personal fields stay sealed.')
  .argument('<caseId>', 'id of the case')
  .option('--as-of <moment>', 'as it stood then, for example 2021-03-31 or 2021-03-31T09:30:00Z')
  .action((caseId: string, { asOf }: { asOf?: string }) =>
    answering(async () => {
      (await import('./case-stream.js')).checkCaseAt(caseId, asOf);
      return withSpil(globals(), async (spil) => (await import('./replay.js')).replay(spil, caseId, asOf));
    }),
  );

program
  .command('render')
  .description(
    'Writes the history of a case in plain Dutch or English, for people who do not read JSON; personal fields stay sealed.',
  )
  .argument('<caseId>', 'id of the case')
  .requiredOption('--out <file>', 'where to; a name that ends in .html or .pdf')
  .addOption(new Option('--language <language>', 'in which language').choices(['nl', 'en']).default('nl'))
  .option('--as-of <moment>', 'as it stood then, for example 2021-03-31 or 2021-03-31T09:30:00Z')
  .action((caseId: string, options: RenderOptions) =>
    answering(async () => {
      const { checkRender, render } = await import('./render.js');
      checkRender(caseId, options);
      return withSpil(globals(), (spil) => render(spil, caseId, options));
    }),
  );

program
  .command('retention')
  .description('Lists closed cases of which an organisation need not keep the personal data; erases nothing.')
  .option('--by <day>', 'what is due by then, for example 2027-03-31; today unless given')
  .option('--organisation <id>', 'of one organisation; of all unless given')
  .action((options: RetentionOptions) =>
    answering(async () => {
      const { checkRetention, retention } = await import('./retention.js');
      checkRetention(options);
      return withSpil(globals(), (spil) => retention(spil, options));
    }),
  );

program
  .command('rebuild')
  .description('Fills a read model anew from the log beside the running one, and switches to it.')
  .argument('[projection]', readModel)
  .option('--all', 'every read model')
  .action((name: string | undefined, { all }: { all?: true }) =>
    answering(async () => {
      const chosen = chosenReadModels(name, all);
      return withSpil(globals(), async (spil) => (await import('./rebuild.js')).rebuild(spil, chosen));
    }),
  );

program
  .command('verify')
  .description('Compares every row of a read model with a fresh fold of the log, at one position.')
  .argument('[projection]', readModel)
  .option('--all', 'every read model')
  .option('--metrics-file <file>', 'also write the result for the text file collector of Prometheus')
  .action((name: string | undefined, { all, metricsFile }: { all?: true; metricsFile?: string }) =>
    answering(async () => {
      const chosen = chosenReadModels(name, all);
      return withSpil(globals(), async (spil) =>
        (await import('./verify.js')).verify(spil, chosen, metricsFile),
      );
    }),
  );

program
  .command('verify-history')
  .description(
    'Compares the log with the tree of proofs that was made from it, and with the last signed checkpoint.',
  )
  .action(() => onSpil(async (spil) => (await import('./verify-history.js')).verifyHistory(spil)));

program
  .command('bundle')
  .description('Writes an audit bundle, which anybody can check without Spil; personal fields stay sealed.')
  .option('--case <id>', 'the history of a case')
  .option('--until <position>', 'everything up to a position in the log')
  .option('--all', 'everything under the newest checkpoint')
  .option('--earlier <file>', 'a checkpoint that the auditor holds, to be linked with the newest')
  .requiredOption('--out <file>', 'where to')
  .action((options: BundleOptions) =>
    answering(async () => {
      const { bundle, checkBundle } = await import('./bundle.js');
      checkBundle(options);
      return withSpil(globals(), (spil) => bundle(spil, options));
    }),
  );

program
  .command('retry')
  .description('Takes a parked stream in again, once what it failed on is mended.')
  .argument('<stream>', 'as spil status names it, for example case-<id>')
  .action((stream: string) => onSpil(async (spil) => (await import('./retry.js')).retry(spil, stream)));

program
  .command('pilot')
  .description(
    'Loads the pilot data set through the public API; for development. Goes on where an earlier load stopped.',
  )
  .option('--scale <times>', 'times the volume of the pilot', wholeNumber, 1)
  .action(({ scale }: { scale: number }) =>
    answering(async () => {
      refuseInProduction('pilot');
      const { pilot } = await orNotInstalled(import('./pilot.js'));
      return pilot(globals(), scale);
    }),
  );

program
  .command('token')
  .description('Prints a token to try Spil out with; for development.')
  .addOption(new Option('--role <role>', 'whose').choices(roles).makeOptionMandatory())
  .option('--professional <id>', 'a professional of the pilot; one of Utrecht unless given')
  .option('--hours <number>', 'how long it holds', wholeNumber, 12)
  .option('--import', 'with the import mandate')
  .action((options: TokenOptions) =>
    answering(async () => {
      refuseInProduction('token');
      const { token } = await orNotInstalled(import('./token.js'));
      return token({ ...options, ...globals() });
    }),
  );

const keys = program
  .command('keys')
  .description('Looks after the keys of personal data: rotation, and what was destroyed.');
const onKeys = (work: (module: typeof import('./keys.js'), at: KeysAt) => Promise<Answer>): Promise<void> =>
  answering(async () => {
    const module = await import('./keys.js');
    return module.withKeys(globals(), (at) => work(module, at));
  });

keys
  .command('status')
  .description('Says how many data keys each key-encryption key wraps, and what was destroyed.')
  .action(() => onKeys((module, at) => module.status(at)));
keys
  .command('rotate')
  .description('Adds a new key-encryption key to the ring; it wraps from now on. Follow it with rewrap.')
  .action(() => onKeys((module, at) => module.rotate(at)));
keys
  .command('rewrap')
  .description(
    'Wraps every data key with the newest key-encryption key. No event is touched; goes on where it stopped.',
  )
  .action(() => onKeys((module, at) => module.rewrap(at)));
keys
  .command('drop')
  .description('Takes a key-encryption key off the ring; refused while a data key needs it.')
  .argument('<kekId>', 'as spil keys status names it')
  .action((kekId: string) => onKeys((module, at) => module.drop(at, kekId)));
keys
  .command('apply-tombstones')
  .description('Destroys again what a restored backup brought back, as the list outside all backups says.')
  .option('--accept-lost-list', 'make the list anew from the key store when it is lost for good')
  .action((options: ApplyOptions) => onKeys((module, at) => module.apply(at, options)));

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d{1,6}$/.test(text) || number < 1) throw new InvalidArgumentError('give a whole number from 1 on');
  return number;
}

/** The pilot and ready-made tokens go with the local issuer, which production has not. @throws UsageError */
function refuseInProduction(command: string): void {
  if (process.env.NODE_ENV === 'production')
    throw new UsageError(`${command} is for development only, and NODE_ENV is production`);
}
