import { ConfigError } from '@spil/config';
import { EventStoreUnavailable } from '@spil/event-store';
import { ConnectionBroken, DatabaseSilent } from '@spil/postgres';
import pg from 'pg';

/** What the shell is told. */
export const exitCodes = {
  /** Done, and all is well. */
  ok: 0,
  /** Done, and something is not as it should be; or it could not be done. */
  failed: 1,
  /** Asked in a way that makes no sense. Nothing was done. */
  usage: 2,
  /** The event store, a database or the service is not there. */
  unavailable: 3,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command has to say, for people and for programs. */
export interface Answer {
  readonly exit: ExitCode;
  readonly text: string;
  /** Positions and revisions are decimal strings. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** The command was given in a way that makes no sense; the message says what would. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}

/** Something that the command needs is not there, or not now. */
export class Unavailable extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause: cause.cause });
    this.name = 'Unavailable';
  }
}

/** Runs a command's work, prints its answer or what prevented it, and sets the exit code. */
export async function answer(asJson: boolean, work: () => Promise<Answer>): Promise<void> {
  try {
    const { exit, text, json } = await work();
    console.log(asJson ? toJson(json) : text);
    process.exitCode = exit;
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    const message = messageOf(error);
    if (asJson) console.log(errorAsJson(message));
    else console.error(message);
  }
}

/** What prevented a command, for programs. */
export const errorAsJson = (message: string): string => toJson({ error: message });

const toJson = (value: object): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part), 2);

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError || error instanceof ConfigError) return exitCodes.usage;
  return isUnavailability(error) ? exitCodes.unavailable : exitCodes.failed;
}

/** Whether trying again later may help. */
function isUnavailability(error: unknown): boolean {
  if (
    error instanceof EventStoreUnavailable ||
    error instanceof ConnectionBroken ||
    error instanceof DatabaseSilent ||
    error instanceof Unavailable
  )
    return true;
  // Classes of SQLSTATE: connection, who may log in, which database, resources, the server's own troubles.
  if (error instanceof pg.DatabaseError) return /^(08|28|3D|53|57)/.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN'].includes(code) ||
    error.message.startsWith('Connection terminated')
  );
}

/** One line per cause; the outermost alone rarely says what to do, save where it was written to. */
export function messageOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  const lines: string[] = [];
  for (let at: unknown = error; at instanceof Error && lines.length < 4; at = at.cause)
    lines.push(textOf(at));
  return lines.length > 0 ? lines.join('\n  because ') : String(error);
}

function textOf(error: Error): string {
  // A refused connection to a name with several addresses has a code and no message.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return error.message === '' ? code : error.message;
}
