import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { ApiError } from './errors.js';
import { parseWithinLimits } from './limits.js';

/** Documents by the SHA-256 of their text, in hexadecimal digits. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/** What a client sends to say which document it means: the text, or its hash in either of two customary ways. */
export interface DocumentRequest {
  readonly query?: unknown;
  /** `sha256:<hash>`, or the hash alone. */
  readonly documentId?: unknown;
  /** `{ persistedQuery: { version: 1, sha256Hash } }` */
  readonly extensions?: unknown;
}

export const documentHash = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The text of the document that a request means. With a list of trusted documents only those run, sent in full or by hash;
 * without one every document is sent in full.
 * @throws ApiError
 */
export function documentOf(request: DocumentRequest, trusted: TrustedDocuments | undefined): string {
  const { query = '' } = request;
  if (typeof query !== 'string') throw unreadable();
  const named = namedHash(request);
  if (named !== undefined && query !== '' && documentHash(query) !== named)
    throw new ApiError('BAD_USER_INPUT', 'The hash is not that of the document.', {}, { status: 400 });
  if (trusted === undefined) {
    if (query === '') throw unreadable();
    return query;
  }
  if (query === '' && named === undefined) throw unreadable();
  const found = trusted.get(named ?? documentHash(query));
  if (found === undefined)
    throw new ApiError(
      'DOCUMENT_NOT_TRUSTED',
      'This service runs the documents of its own list only, and this is none of them.',
      {},
      { status: 400 },
    );
  return found;
}

const unreadable = (): ApiError =>
  new ApiError('BAD_USER_INPUT', 'The body must be JSON with the document in `query`.', {}, { status: 400 });

function namedHash({ documentId, extensions }: DocumentRequest): string | undefined {
  if (typeof documentId === 'string') return documentId.replace(/^sha256:/, '');
  const persisted = property(extensions, 'persistedQuery');
  const hash = property(persisted, 'sha256Hash');
  return property(persisted, 'version') === 1 && typeof hash === 'string' ? hash : undefined;
}

const property = (from: unknown, name: string): unknown =>
  typeof from === 'object' && from !== null && Object.hasOwn(from, name)
    ? (from as Record<string, unknown>)[name]
    : undefined;

/** Reads a list of trusted documents, as `npm run documents` makes it, and what is wrong with it, a line each. */
export function parseTrustedDocuments(text: string): {
  readonly documents: TrustedDocuments;
  readonly problems: readonly string[];
} {
  const documents = new Map<string, string>();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return { documents, problems: ['holds no JSON object of documents by their hash'] };
  const problems = Object.entries(parsed).flatMap(([hash, document]: [string, unknown]) => {
    if (typeof document !== 'string' || documentHash(document) !== hash)
      return [`has something under ${hash.slice(0, 64)} that has another hash`];
    documents.set(hash, document);
    return problemOf(document, hash);
  });
  if (documents.size === 0 && problems.length === 0) problems.push('lists no document at all');
  return { documents, problems };
}

function problemOf(document: string, hash: string): string[] {
  try {
    parseWithinLimits(document);
    return [];
  } catch (cause) {
    if (!(cause instanceof GraphQLError)) throw cause;
    return [`has a document under ${hash} that would be refused: ${cause.message}`];
  }
}
