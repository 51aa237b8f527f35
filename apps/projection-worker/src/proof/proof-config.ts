import type { Environment, VariableName } from '@spil/config';
import { parseKeyFile, signatureTypes, type SigningKey } from '@spil/proof';
import { parseWitnesses, type Witness } from './witnesses.js';

/** How the history is made provable. */
export interface ProofConfig {
  /** Signs the checkpoints; without it the tree grows and nothing is signed. */
  readonly key: SigningKey | undefined;
  readonly checkpointSeconds: number;
  readonly witnesses: readonly Witness[];
}

/** Reads what the signing of checkpoints needs to know, every minute unless said otherwise; notes what is wrong with it. */
export function proofConfig(
  environment: Environment,
  options: { readonly keyRequired: boolean; readonly checkpointSeconds?: number },
): ProofConfig {
  const keyFile = options.keyRequired
    ? environment.required('SPIL_CHECKPOINT_KEY_FILE')
    : environment.optional('SPIL_CHECKPOINT_KEY_FILE');
  return {
    key: parsed(environment, 'SPIL_CHECKPOINT_KEY_FILE', keyFile, (content) =>
      parseKeyFile(content, signatureTypes.note),
    ),
    checkpointSeconds: environment.seconds('SPIL_CHECKPOINT_SECONDS', options.checkpointSeconds ?? 60),
    witnesses:
      parsed(
        environment,
        'SPIL_WITNESSES_FILE',
        environment.optional('SPIL_WITNESSES_FILE'),
        parseWitnesses,
      ) ?? [],
  };
}

function parsed<Value>(
  environment: Environment,
  name: VariableName,
  path: string | undefined,
  parse: (content: string) => Value,
): Value | undefined {
  const content = path === undefined || path === '' ? '' : environment.content(name, path);
  if (content === '') return undefined;
  try {
    return parse(content);
  } catch (error) {
    // A parser of JSON quotes what it read, and that may be a secret.
    const what = error instanceof SyntaxError || !(error instanceof Error) ? 'is no JSON' : error.message;
    environment.problem(name, `names a file that cannot be used: ${what}`);
    return undefined;
  }
}
