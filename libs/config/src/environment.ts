import { readFileSync } from 'node:fs';
import { ConfigError } from './config-error.js';
import { variables, type VariableName } from './variables.js';

/** Beginnings of a Postgres URL. */
export const postgresProtocols = ['postgres:', 'postgresql:'] as const;

/**
 * Reads the environment variables of a program and gathers all that is wrong with them, so that an operator sees everything at
 * once. Never repeats a value, for it may be a secret. After a problem a reading function answers a harmless value; `check` throws.
 */
export class Environment {
  readonly #problems: string[] = [];

  constructor(private readonly values: Readonly<Record<string, string | undefined>>) {
    for (const name of Object.keys(values)) {
      if (name.startsWith('SPIL_') && !known.has(name))
        this.#problems.push(`${name} is no variable of Spil; is it misspelt?`);
    }
  }

  /** The value, from the variable or from the file that `<name>_FILE` names; undefined when neither is set. */
  optional(name: VariableName): string | undefined {
    const value = this.#raw(name);
    const file = namesAFile(name) ? undefined : this.#raw(`${name}_FILE`);
    if (file === undefined) return value;
    if (value !== undefined) this.problem(name, `and ${name}_FILE are both set`);
    return this.content(`${name}_FILE`, file);
  }

  required(name: VariableName): string {
    const value = this.optional(name);
    if (value !== undefined) return value;
    return this.problem(name, namesAFile(name) ? 'is not set' : `is not set (nor ${name}_FILE)`);
  }

  /** A required URL that begins with one of the protocols. */
  url(name: VariableName, protocols: readonly string[]): string {
    return this.#asUrl(name, this.required(name), protocols);
  }

  /** A URL that need not be set. */
  optionalUrl(name: VariableName, protocols: readonly string[]): string | undefined {
    const text = this.optional(name);
    return text === undefined ? undefined : this.#asUrl(name, text, protocols);
  }

  port(name: VariableName, otherwise: number): number {
    const text = this.optional(name) ?? '';
    if (text === '') return otherwise;
    if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
    this.problem(name, 'must be a port number between 0 and 65535');
    return otherwise;
  }

  /** A number of seconds from 1 to a day. */
  seconds(name: VariableName, otherwise: number): number {
    const text = this.optional(name) ?? '';
    if (text === '') return otherwise;
    const seconds = Number(text);
    if (/^\d{1,5}$/.test(text) && seconds >= 1 && seconds <= 86_400) return seconds;
    this.problem(name, 'must be a whole number of seconds between 1 and 86400');
    return otherwise;
  }

  oneOf<T extends string>(name: VariableName, allowed: readonly T[], otherwise: T): T {
    const text = this.optional(name) ?? '';
    const found = allowed.find((one) => one === text);
    if (text !== '' && found === undefined) this.problem(name, `must be one of ${allowed.join(', ')}`);
    return found ?? otherwise;
  }

  /** The content of a file that a variable names. */
  content(name: string, path: string): string {
    try {
      const content = readFileSync(path, 'utf8').trim();
      return content === '' ? this.problem(name, 'names an empty file') : content;
    } catch (cause) {
      return this.problem(name, `names a file that cannot be read (${readFileError(cause)})`);
    }
  }

  /** Notes what is wrong with a variable that has been read; once per variable. */
  problem(name: string, what: string): '' {
    if (!this.#problems.some((earlier) => earlier.startsWith(`${name} `)))
      this.#problems.push(`${name} ${what}`);
    return '';
  }

  /** Notes one of several things that are wrong inside the file that a variable names. */
  problemIn(name: VariableName, what: string): void {
    this.#problems.push(`${name} ${what}`);
  }

  /** @throws ConfigError with every problem met so far */
  check(): void {
    if (this.#problems.length > 0) throw new ConfigError(this.#problems);
  }

  #asUrl(name: VariableName, text: string, protocols: readonly string[]): string {
    if (text === '') return text;
    const protocol = URL.canParse(text) ? new URL(text).protocol : '';
    return protocols.includes(protocol)
      ? text
      : this.problem(
          name,
          `must be a URL that starts with ${protocols.map((each) => `${each}//`).join(' or ')}`,
        );
  }

  #raw(name: string): string | undefined {
    return this.values[name]?.trim() || undefined;
  }
}

/** Why a file could not be read, in a word. */
export const readFileError = (cause: unknown): string =>
  (cause as NodeJS.ErrnoException | undefined)?.code ?? String(cause);

const namesAFile = (name: VariableName): boolean => name.endsWith('_FILE');

const known: ReadonlySet<string> = new Set(
  (Object.keys(variables) as VariableName[]).flatMap((name) =>
    namesAFile(name) ? [name] : [name, `${name}_FILE`],
  ),
);
