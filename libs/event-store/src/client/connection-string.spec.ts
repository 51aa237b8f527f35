import { fileURLToPath } from 'node:url';
import { connectionStringProblem, forClient } from './connection-string.js';

const ca = fileURLToPath(new URL('../../../../test/support/tls/node.cert.pem', import.meta.url));

describe('a connection string', () => {
  it.each([
    ['one node without TLS', 'esdb://127.0.0.1:2113?tls=false'],
    ['one node with the CA that signed its certificate', `esdb://node.example:2113?tls=true&tlsCAFile=${ca}`],
    ['the nodes of a cluster', 'esdb://a.example:2113,b.example:2113,c.example:2113?nodePreference=leader'],
    [
      'a name to discover a cluster by',
      'esdb+discover://cluster.example:2113/?nodePreference=follower&gossipTimeout=1',
    ],
    ['the newer name of the product', 'kurrentdb+discover://cluster.example'],
  ])('may name %s', (_what, text) => {
    expect(connectionStringProblem(text)).toBeUndefined();
  });

  it.each([
    ['http://127.0.0.1:2113', 'must begin with esdb://HOST, esdb+discover://HOST or the same with kurrentdb'],
    ['esdb://', 'must begin with esdb://HOST, esdb+discover://HOST or the same with kurrentdb'],
    [
      'esdb://admin:hunter2@node.example:port',
      'is no connection string: at character 35 it should have port number',
    ],
    [
      'esdb://node.example?nodePreference=boss',
      /^is no connection string: at character 36 it should have leader or /,
    ],
    [
      'esdb://node.example?tls=maybe',
      'is no connection string: at character 25 it should have true or false',
    ],
    ['esdb://node.example?tlsVerifyCert=false', 'has an option that is not known: tlsVerifyCert'],
    [
      'esdb://node.example?tlsCAFile=/nowhere.pem',
      'cannot be used: Failed to load certificate file. File was not found.',
    ],
  ])('is refused with what is wrong, and is not repeated: %s', (text, problem) => {
    const told = connectionStringProblem(text) ?? '';
    expect(told).toMatch(problem);
    expect(told).not.toContain('hunter2');
  });

  it('reaches the client under the name that the client knows', () => {
    expect(forClient('kurrentdb+discover://kurrentdb.example')).toBe('esdb+discover://kurrentdb.example');
    expect(forClient('kurrentdb://u:kurrentdb://p@node')).toBe('esdb://u:kurrentdb://p@node');
  });
});
