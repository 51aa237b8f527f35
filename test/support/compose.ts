import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** What tests look at of a service of a Compose file, in the spellings that ours uses. */
export interface ComposeService {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly (string | { readonly source: string; readonly target: string })[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly user?: string;
  readonly restart?: string;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
}

/** Reads Compose files of ours, each on top of the one before as Compose lays them: maps and lists grow, other things are replaced. */
export async function readCompose(...files: readonly string[]): Promise<Compose> {
  const parsed = await Promise.all(
    files.map(async (file) => parse(await readFile(`docker/${file}`, 'utf8'), { merge: true }) as Part),
  );
  return parsed.reduce(layer) as unknown as Compose;
}

interface Part {
  readonly [key: string]: unknown;
}

const isMap = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of lists, a command replaces and everything else adds. */
const replaced = new Set(['command', 'entrypoint', 'test']);

function layer(below: Part, above: Part): Part {
  const entries = Object.entries(above).map(([key, value]): [string, unknown] => {
    const under = below[key];
    if (isMap(under) && isMap(value)) return [key, layer(under, value)];
    if (Array.isArray(under) && Array.isArray(value) && !replaced.has(key))
      return [key, [...(under as unknown[]), ...(value as unknown[])]];
    return [key, value];
  });
  return { ...below, ...Object.fromEntries(entries) };
}

/** The names of the secrets that a service gets. */
export const secretsOf = ({ secrets = [] }: ComposeService): string[] =>
  secrets.map((secret) => (typeof secret === 'string' ? secret : secret.source));

/**
 * Fills in `${NAME:-default}` and `${NAME:?message}`.
 * @throws Error when a required one is missing
 */
export function interpolate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_all, name: string, kind: string, otherwise: string) => {
    const value = values[name];
    if (value !== undefined) return value;
    if (kind === '?') throw new Error(`${name} is not set: ${otherwise}`);
    return otherwise;
  });
}
