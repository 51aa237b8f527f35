import { ConfigError } from './config-error.js';

const wrongPort = new Map([
  ['EADDRINUSE', 'names a port on which another program listens already'],
  ['EACCES', 'names a port on which this user may not listen'],
]);
const wrongHost = new Map([
  ['EADDRNOTAVAIL', 'names an address that this machine does not have'],
  ['EAI_AGAIN', 'names a host that cannot be looked up'],
  ['ENOTFOUND', 'names a host that nobody knows'],
]);

/**
 * What a program fails with that cannot listen where it was told to: a wrong setting; any other error as it is.
 * @param host on which it was to listen
 * @param told what says so: variables, or options of the command line
 */
export function asWrongAddress(
  error: unknown,
  host: string | undefined,
  told: { readonly host: string; readonly port: string },
): unknown {
  if (!(error instanceof Error)) return error;
  const { syscall, code = '', hostname }: NodeJS.ErrnoException & { hostname?: string } = error;
  // A name may be looked up for something else, such as a database.
  if (syscall !== 'listen' && !(syscall === 'getaddrinfo' && hostname === host)) return error;
  const [name, problem] = wrongPort.has(code)
    ? [told.port, wrongPort.get(code)]
    : [told.host, wrongHost.get(code)];
  return problem === undefined ? error : new ConfigError([`${name} ${problem}`], { cause: error });
}
