import { dirname, resolve } from 'node:path';
import {
  describeIssuers,
  discoveryProblem,
  discoveryUrlOf,
  openLocalIssuer,
  soleIssuer,
  type DescribedIssuer,
  type TokenIssuer,
} from '@spil/access';
import { readFileError, type Environment, type VariableName } from '@spil/config';

type KeySet = Exclude<TokenIssuer['keys'], { readonly discoveryUrl: string }>;

const simpleForm = [
  'SPIL_TOKEN_ISSUER',
  'SPIL_TOKEN_AUDIENCE',
  'SPIL_TOKEN_DISCOVERY_URL',
  'SPIL_TOKEN_JWKS_FILE',
  'SPIL_TOKEN_LOCAL_ISSUER_FILE',
] as const satisfies VariableName[];

/** Whose tokens are taken: those of one issuer that variables describe, or of several that a file does. Problems go to the environment. */
export async function readTokenIssuers(
  environment: Environment,
  { production }: { production: boolean },
): Promise<readonly TokenIssuer[]> {
  const file = environment.optional('SPIL_TOKEN_ISSUERS_FILE');
  if (file === undefined) return [await theOnlyIssuer(environment, production)];
  for (const name of simpleForm)
    if (environment.optional(name) !== undefined)
      environment.problem(name, 'is set beside SPIL_TOKEN_ISSUERS_FILE, which says all of it');
  return severalIssuers(environment, file);
}

function severalIssuers(environment: Environment, file: string): TokenIssuer[] {
  const text = environment.content('SPIL_TOKEN_ISSUERS_FILE', file);
  if (text === '') return [];
  const parsed = parseJson(text);
  if (parsed === undefined) {
    environment.problem('SPIL_TOKEN_ISSUERS_FILE', 'names a file that is no JSON');
    return [];
  }
  const { issuers, problems } = describeIssuers(parsed);
  for (const problem of problems) environment.problemIn('SPIL_TOKEN_ISSUERS_FILE', problem);
  return problems.length > 0
    ? []
    : issuers.map((issuer, index) => withKeys(environment, file, issuer, index));
}

/** Reads a key set that lies beside the list of issuers. */
function withKeys(
  environment: Environment,
  listFile: string,
  { keys, ...issuer }: DescribedIssuer,
  index: number,
): TokenIssuer {
  if ('discoveryUrl' in keys) return { ...issuer, keys };
  const name = `SPIL_TOKEN_ISSUERS_FILE issuer ${index + 1} "jwksFile"`;
  const text = environment.content(name, resolve(dirname(listFile), keys.jwksFile));
  return { ...issuer, keys: text === '' ? none : keySetIn(environment, name, text) };
}

async function theOnlyIssuer(environment: Environment, production: boolean): Promise<TokenIssuer> {
  const issuer = environment.required('SPIL_TOKEN_ISSUER');
  const audience = environment.required('SPIL_TOKEN_AUDIENCE');
  return soleIssuer({ issuer, audience, keys: await keysOf(environment, { issuer, audience, production }) });
}

async function keysOf(
  environment: Environment,
  { issuer, audience, production }: { issuer: string; audience: string; production: boolean },
): Promise<TokenIssuer['keys']> {
  const keySetFile = environment.optional('SPIL_TOKEN_JWKS_FILE');
  if (keySetFile !== undefined) {
    const text = environment.content('SPIL_TOKEN_JWKS_FILE', keySetFile);
    return text === '' ? none : keySetIn(environment, 'SPIL_TOKEN_JWKS_FILE', text);
  }
  const issuerFile = environment.optional('SPIL_TOKEN_LOCAL_ISSUER_FILE');
  if (issuerFile !== undefined)
    return localKeys(environment, { file: issuerFile, issuer, audience, production });

  const discoveryUrl = environment.optionalUrl('SPIL_TOKEN_DISCOVERY_URL', ['https:', 'http:']);
  if (discoveryUrl !== undefined) return { discoveryUrl };
  const problem = issuer === '' ? undefined : discoveryProblem(issuer);
  if (problem !== undefined)
    environment.problem(
      'SPIL_TOKEN_ISSUER',
      `${problem}; or set SPIL_TOKEN_DISCOVERY_URL or SPIL_TOKEN_JWKS_FILE`,
    );
  return { discoveryUrl: discoveryUrlOf(issuer) };
}

async function localKeys(
  environment: Environment,
  issuer: { file: string; issuer: string; audience: string; production: boolean },
): Promise<KeySet> {
  if (issuer.production) {
    environment.problem(
      'SPIL_TOKEN_LOCAL_ISSUER_FILE',
      'is not for production; leave it out, and the issuer’s keys are found by discovery',
    );
    return none;
  }
  try {
    return (await openLocalIssuer(issuer)).keys;
  } catch (cause) {
    environment.problem('SPIL_TOKEN_LOCAL_ISSUER_FILE', `cannot be used (${readFileError(cause)})`);
    return none;
  }
}

const none: KeySet = { keys: [] };

function keySetIn(environment: Environment, name: string, text: string): KeySet {
  const parsed = parseJson(text);
  if (typeof parsed === 'object' && parsed !== null && 'keys' in parsed && Array.isArray(parsed.keys))
    return { keys: parsed.keys as KeySet['keys'] };
  environment.problem(name, 'names a file that holds no JSON Web Key Set');
  return none;
}

/** Undefined when it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
