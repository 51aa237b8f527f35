import { Command, InvalidArgumentError } from 'commander';
import { ConfigError, Environment } from '@spil/config';
import { MalformedNote, parseVerifierKey, signatureTypes, type VerifierKey } from '@spil/proof';
import { FolderInUse, startWitness, type WitnessSettings } from './start-witness.js';

type Options = Omit<WitnessSettings, 'logs' | 'port'> & {
  readonly log: readonly VerifierKey[];
  readonly port?: number;
};

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
  .option('--port <number>', 'to listen on; what SPIL_WITNESS_PORT says unless given, or else 4050', portOf)
  .action(async ({ log, port = usualPort(), ...settings }: Options) => {
    const witness = await startWitness({ ...settings, port, logs: log });
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

/** Where the health check of the image looks too. @throws ConfigError */
function usualPort(): number {
  const environment = new Environment(process.env);
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

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('a port is a number up to 65535');
  return port;
}
