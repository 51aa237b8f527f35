import { ConfigError } from './config-error.js';
import { asWrongAddress } from './listening.js';

const told = { host: 'SPIL_HOST', port: 'SPIL_PORT' };

describe('a program that cannot listen where it was told to', () => {
  const failed = (what: object): Error => Object.assign(new Error('x'), what);

  it.each([
    ['EADDRINUSE', 'SPIL_PORT names a port on which another program listens already'],
    ['EACCES', 'SPIL_PORT names a port on which this user may not listen'],
    ['EADDRNOTAVAIL', 'SPIL_HOST names an address that this machine does not have'],
  ])('says which variable is wrong: %s', (code, line) => {
    const error = asWrongAddress(failed({ syscall: 'listen', code }), '192.0.2.1', told);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ problems: [line] });
  });

  it.each([
    ['ENOTFOUND', 'SPIL_HOST names a host that nobody knows'],
    ['EAI_AGAIN', 'SPIL_HOST names a host that cannot be looked up'],
  ])('says so of a name that means nothing: %s', (code, line) => {
    const lookup = failed({ syscall: 'getaddrinfo', code, hostname: 'here.example' });
    expect(asWrongAddress(lookup, 'here.example', told)).toMatchObject({ problems: [line] });
  });

  it.each([
    ['too many files', failed({ syscall: 'listen', code: 'EMFILE' })],
    ['a connection', failed({ syscall: 'connect', code: 'EADDRNOTAVAIL' })],
    ['the name of a database', failed({ syscall: 'getaddrinfo', code: 'ENOTFOUND', hostname: 'db.example' })],
    ['no error', undefined],
  ])('leaves what concerns something else as it is: %s', (_, error) => {
    expect(asWrongAddress(error, 'here.example', told)).toBe(error);
  });
});
