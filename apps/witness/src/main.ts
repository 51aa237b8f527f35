import { Command, InvalidArgumentError } from 'commander';
import { MalformedNote, parseVerifierKey, signatureTypes, type VerifierKey } from '@spil/proof';
import { FolderInUse, startWitness, type WitnessSettings } from './start-witness.js';

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
  .option('--port <number>', 'to listen on', portOf, 4050)
  .action(async ({ log, ...settings }: Omit<WitnessSettings, 'logs'> & { readonly log: VerifierKey[] }) => {
    const witness = await startWitness({ ...settings, logs: log });
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
  if (!(error instanceof FolderInUse || error instanceof MalformedNote)) throw error;
  console.error(`witness: ${error.message}`);
  process.exitCode = 1;
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
