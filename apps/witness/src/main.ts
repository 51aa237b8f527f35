import { Command, InvalidArgumentError } from 'commander';
import { asWrongAddress, ConfigError, Environment } from '@spil/config';
import { MalformedNote, parseVerifierKey, signatureTypes, type VerifierKey } from '@spil/proof';
import { FolderInUse, startWitness, type WitnessSettings } from './start-witness.js';

type Options = Omit<WitnessSettings, 'logs' | 'port'> & { readonly log: readonly VerifierKey[] };

const program = new Command('spil-witness')
  .description(
    'Cosigns checkpoints of logs, each only when it grew out of the last one. Run by an organisation that is not the one whose log it is.',
  )
  .requiredOption(
    '--folder <dir>',
    'keeps the key of the witness and what it cosigned; lose it and start under a new name',
  )
  .requiredOption('--name <name>', 'of this witness, like witness.organisation.example')
  .requiredOption('--log <key>', 'public key of a log to cosign; may be given several times', addLog, [])
  .option('--host <address>', 'to listen on; put a reverse proxy before it that speaks HTTPS', '127.0.0.1')
  .addHelpText('after', '\nIt listens on the port that SPIL_WITNESS_PORT names, or else on 4050.')
  .action(async ({ log, ...settings }: Options) => {
    const witness = await startWitness({ ...settings, port: portFrom(process.env), logs: log }).catch(
      (error: unknown) => {
        throw asWrongAddress(error, settings.host, { host: '--host', port: 'SPIL_WITNESS_PORT' });
      },
    );
    const stop = (): void => {
      witness.stop().then(() => process.exit(0), console.error);
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
    console.log(`witness: listens on port ${witness.port}`);
    console.log(`public key: ${witness.publicKey}`);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof FolderInUse || error instanceof MalformedNote || error instanceof ConfigError))
    throw error;
  for (const line of error instanceof ConfigError ? error.problems : [error.message])
    console.error(`witness: ${line}`);
  process.exitCode = error instanceof ConfigError ? 78 : 1;
}

/** By a variable alone, for the health check of the image must find it too. @throws ConfigError */
function portFrom(values: NodeJS.ProcessEnv): number {
  const environment = new Environment(values);
  const port = environment.port('SPIL_WITNESS_PORT', 4050);
  environment.check();
  return port;
}

function addLog(text: string, others: readonly VerifierKey[]): VerifierKey[] {
  try {
    const key = parseVerifierKey(text);
    if (key.type === signatureTypes.note) return [...others, key];
  } catch (error) {
    if (!(error instanceof MalformedNote)) throw error;
  }
  throw new InvalidArgumentError('that is not the public key of a log, <name>+<id>+<key>');
}
