import { ConnectionBroken, DatabaseSilent, isConnectionLoss, isDatabaseAway } from './faults.js';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

const lost = [
  ...['08000', '08003', '08006', '57P01', '57P02', '57P03', '57P05'],
  ...['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
].map(withCode);
const lostInWords = [
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
].map((text) => new Error(text));

const away = [
  ...['53000', '53100', '53200', '53300', '57000', '57014', '58000', '58030', '25006'],
  ...['ECONNREFUSED', 'EADDRNOTAVAIL', 'EAI_AGAIN', 'ENOTFOUND', 'ENOENT'],
].map(withCode);
const awayInWords = [
  'timeout exceeded when trying to connect',
  'timeout expired',
  'There was an error establishing an SSL connection',
  'Query read timeout',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
].map((text) => new Error(text));

const ours = [
  // Unique, syntax, privilege, type, serialization, a transaction that failed before.
  ...['23505', '42601', '42501', '22P02', '40001', '25P02', '', '0800', '57P0', '5300', '250061'].map(
    withCode,
  ),
  ...['EACCES', 'ENOSPC', 'ERR_INVALID_ARG_TYPE'].map(withCode),
  new Error('Query values must be an array'),
  new Error('an error that quotes: Connection terminated'),
  new TypeError('x'),
];

const named = (errors: readonly Error[]): [string, Error][] =>
  errors.map((error) => ['code' in error ? String(error.code) : error.message, error]);

describe('a database that is away', () => {
  it.each(named([...lost, ...lostInWords, ...away, ...awayInWords]))('is told by %s', (_, error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  it('is told by the errors of a connection of its own', () => {
    const cause = new Error('x');
    expect(isDatabaseAway(new DatabaseSilent(200, { cause }))).toBe(true);
    expect(isDatabaseAway(new ConnectionBroken('work', { cause }))).toBe(true);
  });

  it.each(named(ours))('is not told by what we did wrong: %s', (_, error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });

  it('is told by an error of several when each of them tells it', () => {
    const refused = withCode('ECONNREFUSED');
    expect(isDatabaseAway(new AggregateError([withCode('ENETUNREACH'), refused]))).toBe(true);
    expect(isDatabaseAway(new AggregateError([refused, withCode('23505')]))).toBe(false);
    expect(isDatabaseAway(new AggregateError([]))).toBe(false);
  });

  it('is not told by what is no error', () => {
    for (const thrown of [undefined, null, 'Connection terminated', { code: '57P01', message: 'x' }])
      expect(isDatabaseAway(thrown)).toBe(false);
  });
});

describe('a connection that is gone', () => {
  it.each(named([...lost, ...lostInWords]))('is told by %s', (_, error) => {
    expect(isConnectionLoss(error)).toBe(true);
  });

  it.each(named([...away, ...awayInWords, ...ours]))('is not told by %s', (_, error) => {
    expect(isConnectionLoss(error)).toBe(false);
  });
});
