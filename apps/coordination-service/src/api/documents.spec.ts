import { documentHash, documentOf, parseTrustedDocuments, type DocumentRequest } from './documents.js';
import { ApiError } from './errors.js';

const listed = '{ me { role } }';
const hash = documentHash(listed);
const trusted = new Map([[hash, listed]]);
const persisted = (sha256Hash: unknown, version: unknown = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});

const outcome = (request: DocumentRequest, list: typeof trusted | undefined): string => {
  try {
    return documentOf(request, list);
  } catch (refused) {
    if (refused instanceof ApiError) return refused.code;
    throw refused;
  }
};

describe('the document of a request', () => {
  it('is its text, where any document runs', () => {
    expect(outcome({ query: '{ a }' }, undefined)).toBe('{ a }');
    for (const query of [undefined, '', 7, ['{ a }'], { text: '{ a }' }])
      expect(outcome({ query }, undefined)).toBe('BAD_USER_INPUT');
    expect(outcome(persisted(hash), undefined)).toBe('BAD_USER_INPUT');
  });

  it('is one of the list where there is one, named by its text or its hash', () => {
    for (const request of [
      { query: listed },
      { query: '', ...persisted(hash) },
      { query: listed, ...persisted(hash) },
      { documentId: `sha256:${hash}` },
      { documentId: hash },
    ])
      expect(outcome(request, trusted)).toBe(listed);
  });

  it('is refused when it is not on the list, by a single character', () => {
    for (const request of [
      { query: `${listed} ` },
      { query: '{ __typename }' },
      persisted(documentHash('{ a }')),
      { documentId: 'sha256:' },
      { documentId: '__proto__' },
    ])
      expect(outcome(request, trusted)).toBe('DOCUMENT_NOT_TRUSTED');
  });

  it('is refused when its hash is another document’s', () => {
    expect(outcome({ query: '{ a }', ...persisted(hash) }, trusted)).toBe('BAD_USER_INPUT');
    expect(outcome({ query: '{ a }', ...persisted(hash) }, undefined)).toBe('BAD_USER_INPUT');
  });

  it('is refused when nothing that we understand names one', () => {
    for (const request of [
      {},
      persisted(hash, 2),
      persisted(7),
      { extensions: 'persistedQuery' },
      { documentId: 7 },
    ])
      expect(outcome(request, trusted)).toBe('BAD_USER_INPUT');
  });
});

describe('a list of trusted documents', () => {
  const problems = (content: unknown) =>
    parseTrustedDocuments(typeof content === 'string' ? content : JSON.stringify(content)).problems;

  it('is read as it was made', () => {
    expect(parseTrustedDocuments(JSON.stringify(Object.fromEntries(trusted)))).toEqual({
      documents: trusted,
      problems: [],
    });
  });

  it('that is none, is empty, was changed, or holds what the limits refuse, is told in a line each', () => {
    for (const none of ['', '[]', '"a"', '{"a'])
      expect(problems(none)).toEqual(['holds no JSON object of documents by their hash']);
    expect(problems({})).toEqual(['lists no document at all']);
    expect(problems({ [hash]: `${listed} ` })).toEqual([`has something under ${hash} that has another hash`]);
    const broken = '{ me {';
    expect(problems({ [documentHash(broken)]: broken })).toEqual([
      expect.stringContaining('that would be refused'),
    ]);
  });
});
