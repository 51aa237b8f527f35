import { getIntrospectionQuery } from 'graphql';
import { discoveryUrlOf, staffRoles } from '@spil/access';
import { documentHash } from '../../apps/coordination-service/src/api/documents.js';
import { startIdentityProvider, type IdentityProvider } from '../support/identity-provider.js';
import { startServiceAlone, type ServiceAlone } from '../support/service-alone.js';
import { testPrincipal } from '../support/tokens.js';
import { openSocket, post, subscribeOnce } from './transports.js';

const listed = '{ me { role } }';
const followed = 'subscription ($id: Uuid!) { caseTimeline(caseId: $id) { type } }';
const id = '11111111-1111-4111-8111-111111111111';

/** A service as in production, with two tenants' identity providers and a list of trusted documents; it needs no database to refuse. */
describe('a strict service', () => {
  let mine: IdentityProvider;
  let theirs: IdentityProvider;
  let service: ServiceAlone;

  const ofMine = testPrincipal.professional({ organisationId: 'o-mine' });
  const ofTheirs = testPrincipal.professional({ organisationId: 'o-theirs' });

  beforeAll(async () => {
    [mine, theirs] = await Promise.all([startIdentityProvider(), startIdentityProvider()]);
    const vouching = ({ issuer }: IdentityProvider, organisation: string) => ({
      issuer,
      audience: 'spil',
      keys: { discoveryUrl: discoveryUrlOf(issuer) },
      organisations: [organisation],
      roles: staffRoles,
    });
    service = await startServiceAlone({
      production: true,
      issuers: [vouching(mine, 'o-mine'), vouching(theirs, 'o-theirs')],
      trustedDocuments: new Map([listed, followed].map((text) => [documentHash(text), text])),
    });
  });
  afterAll(async () => {
    await service.stop();
    await Promise.all([mine.stop(), theirs.stop()]);
  });

  const hashed = (text: string) => ({
    extensions: { persistedQuery: { version: 1, sha256Hash: documentHash(text) } },
  });

  it.each<[string, () => Promise<string>, string, string]>([
    ['of its own', () => mine.tokenOf(ofMine), 'ANSWERED', 'UNAVAILABLE'],
    ['for another tenant', () => mine.tokenOf(ofTheirs), 'UNAUTHENTICATED', 'CLOSED 4403'],
    [
      'in another tenant’s name',
      () => mine.tokenOf(ofTheirs, { issuer: theirs.issuer }),
      'UNAUTHENTICATED',
      'CLOSED 4403',
    ],
    ['for the board', () => mine.tokenOf(testPrincipal.board), 'UNAUTHENTICATED', 'CLOSED 4403'],
    [
      'for another service',
      () => mine.tokenOf(ofMine, { audience: 'other' }),
      'UNAUTHENTICATED',
      'CLOSED 4403',
    ],
  ])('takes of a provider tokens %s only as far as it vouches', async (_what, token, http, socket) => {
    expect((await post(service.graphqlUrl, await token(), { query: listed })).code).toBe(http);
    const payload = { query: followed, variables: { id } };
    expect((await subscribeOnce(service.graphqlUrl, await token(), payload)).code).toBe(socket);
  });

  it.each<[string, object, string]>([
    ['a listed document', { query: listed }, 'ANSWERED'],
    ['a listed document by hash', hashed(listed), 'ANSWERED'],
    ['a listed document by id', { documentId: `sha256:${documentHash(listed)}` }, 'ANSWERED'],
    ['a document that is not listed', { query: '{ me { role locationId } }' }, 'DOCUMENT_NOT_TRUSTED'],
    ['a listed document with a space more', { query: `${listed} ` }, 'DOCUMENT_NOT_TRUSTED'],
    ['the hash of a document that is not listed', hashed('{ me { locationId } }'), 'DOCUMENT_NOT_TRUSTED'],
    [
      'a document under the hash of a listed one',
      { query: '{ me { locationId } }', ...hashed(listed) },
      'BAD_USER_INPUT',
    ],
    ['a question for the schema', { query: getIntrospectionQuery() }, 'DOCUMENT_NOT_TRUSTED'],
    ['no document', {}, 'BAD_USER_INPUT'],
  ])('answers %s over HTTP as its list says', async (_what, body, code) => {
    expect((await post(service.graphqlUrl, await mine.tokenOf(ofMine), body)).code).toBe(code);
  });

  // A listed subscription gets as far as the case, which no database is there to show.
  it.each<[string, object, string]>([
    ['a listed document', { query: followed }, 'UNAVAILABLE'],
    ['a listed document by hash', { query: '', ...hashed(followed) }, 'UNAVAILABLE'],
    [
      'a document that is not listed',
      { query: followed.replace('type', 'recordedAt') },
      'DOCUMENT_NOT_TRUSTED',
    ],
    [
      'the hash of a document that is not listed',
      { query: '', ...hashed('subscription { a }') },
      'DOCUMENT_NOT_TRUSTED',
    ],
    ['a document under the hash of a listed one', { query: listed, ...hashed(followed) }, 'BAD_USER_INPUT'],
    ['a listed query', { query: listed }, 'BAD_USER_INPUT'],
  ])('answers %s over a socket as its list says', async (_what, payload, code) => {
    const socket = await openSocket(service.graphqlUrl, await mine.tokenOf(ofMine));
    expect((await socket.subscribe({ variables: { id }, ...payload })).code).toBe(code);
    socket.close();
  });
});
