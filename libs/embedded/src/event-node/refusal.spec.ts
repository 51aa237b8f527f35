import { status } from '@grpc/grpc-js';
import { DatabaseError } from 'pg';
import { StreamDeleted } from './reader.js';
import { invalid, toRefusal } from './refusal.js';
import { StoreUnavailable } from './writer.js';

const secret = 'Ada Voorbeeld (fictief)';
const databaseError = (code: string, message: string) =>
  Object.assign(new DatabaseError(message, 0, 'error'), { code });

/** The code of the answer, and what an operator reads. */
function judged(error: unknown): { code: status; lines: string[] } {
  const lines: string[] = [];
  return { code: toRefusal(error, (line) => lines.push(line)).code, lines };
}

describe('a call that failed', () => {
  it.each([
    [invalid('no stream'), status.INVALID_ARGUMENT],
    [new StreamDeleted('case-1'), status.FAILED_PRECONDITION],
    [new StoreUnavailable('the database is away'), status.UNAVAILABLE],
  ])('is refused without a line to the operator when that was foreseen: %s', (error, code) => {
    expect(judged(error)).toEqual({ code, lines: [] });
  });

  it.each([
    [databaseError('42P01', 'no relation'), status.INTERNAL, 'database error 42P01: no relation'],
    [databaseError('57P01', 'shutting down'), status.UNAVAILABLE, 'database error 57P01: shutting down'],
    [new Error('Query read timeout'), status.UNAVAILABLE, 'Query read timeout'],
    ['thrown text', status.UNAVAILABLE, 'string'],
  ])('tells the operator in one line what was not foreseen: %s', (error, code, told) => {
    expect(judged(error)).toEqual({ code, lines: [`event node failed to serve a call: ${told}`] });
  });

  it('tells where our own code failed', () => {
    const { code, lines } = judged(new TypeError(`cannot read ${secret}`));
    expect(code).toBe(status.INTERNAL);
    expect(lines).toEqual([
      expect.stringMatching(/^event node failed to serve a call: TypeError at .*refusal\.spec/),
    ]);
  });

  it.each([
    new TypeError(`Received ${secret}`),
    new SyntaxError(`Unexpected token, "${secret}" is not valid JSON`),
    databaseError('22P02', `invalid input syntax: "${secret}"`),
  ])('tells no data of events: %s', (error) => {
    expect(judged(error).lines.join()).not.toContain(secret);
  });
});
