import {
  GraphQLError,
  Kind,
  Lexer,
  OperationTypeNode,
  parse,
  Source,
  TokenKind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { ApiError } from './errors.js';

/** What one request may ask at most. People's screens stay far below; a hostile document is refused before it costs. */
export const limits = {
  /** Characters of a document. */
  documentLength: 40_000,
  /** Lexical tokens of a document. */
  tokens: 4_000,
  /** Levels of nested brackets of any kind, those of values included. */
  brackets: 60,
  /** Levels of nested fields; those of the schema's own description (`__schema`) do not count, but their number does. */
  depth: 12,
  /** Fields of an operation once its fragments are spread. */
  fields: 1_000,
  /** Fields of an operation that are given another name. */
  aliases: 15,
  /** Directives of a document. */
  directives: 20,
  /** Fields that an operation may come to, each counted once for every row that it is asked of. */
  cost: 10_000,
  /** Fields at the top of a query. */
  rootFields: 40,
  /** Rows of one page. */
  pageSize: 100,
  /** Bytes of a request. */
  bodyBytes: 256 * 1024,
  /** Bytes of a message over a socket. */
  socketMessageBytes: 64 * 1024,
  /** Open sockets of one process. */
  sockets: 1_000,
  subscriptionsPerSocket: 20,
} as const;

/** Reads a document and refuses it when it is beyond the limits. @throws GraphQLError, ApiError */
export function parseWithinLimits(source: string): DocumentNode {
  if (source.length > limits.documentLength)
    throw exceeded('characters', source.length, limits.documentLength);
  const document = parseCounted(source);
  checkLimits(document);
  return document;
}

function parseCounted(source: string): DocumentNode {
  try {
    checkTokens(source);
    return parse(source);
  } catch (cause) {
    if (cause instanceof GraphQLError && !(cause instanceof ApiError))
      cause.extensions.code = 'GRAPHQL_PARSE_FAILED';
    throw cause;
  }
}

/** The parser descends into brackets by recursion: their nesting is counted before it starts, and what else costs it. */
function checkTokens(source: string): void {
  const lexer = new Lexer(new Source(source));
  let tokens = 0;
  let nesting = 0;
  let directives = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    if (opening.has(token.kind)) nesting += 1;
    if (closing.has(token.kind)) nesting -= 1;
    tokens += 1;
    if (tokens > limits.tokens) throw exceeded('tokens', tokens, limits.tokens);
    if (token.kind === TokenKind.AT) directives += 1;
    if (directives > limits.directives) throw exceeded('directives', directives, limits.directives);
    if (nesting > limits.brackets) throw exceeded('levels of brackets', nesting, limits.brackets);
  }
}

const opening = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Refuses a document that nests too deep, is too wide, or has more than one mutation. @throws ApiError */
export function checkLimits(document: DocumentNode): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const measure = measurer(fragments);
  for (const operation of operations) {
    const size = measure(operation.selectionSet);
    if (operation.operation !== OperationTypeNode.QUERY && size.rootFields > 1)
      throw exceeded(`${operation.operation}s in one request`, size.rootFields, 1);
    for (const measured of ['depth', 'fields', 'aliases', 'rootFields'] as const)
      if (size[measured] > limits[measured])
        throw exceeded(names[measured], size[measured], limits[measured]);
  }
}

const names = {
  depth: 'levels of nested fields',
  fields: 'fields',
  aliases: 'aliases',
  rootFields: 'fields at the top',
} as const;

/** The refusal of a request that goes beyond one of the limits. */
export const exceeded = (what: string, found: number, allowed: number): GraphQLError =>
  new ApiError(
    'LIMIT_EXCEEDED',
    `The request has ${Number.isSafeInteger(found) ? found : 'too many'} ${what}; at most ${allowed} are allowed.`,
    { limit: allowed },
    { status: 400 },
  );

interface Size {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly rootFields: number;
}

const empty: Size = { depth: 0, fields: 0, aliases: 0, rootFields: 0 };

/** Each fragment is measured once, so that fragments which spread fragments cannot make the measuring itself explode. */
function measurer(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
  const known = new Map<string, Size>();

  const measureFragment = (name: string): Size => {
    const before = known.get(name);
    if (before !== undefined) return before;
    // A cycle counts as nothing here; validation refuses it.
    known.set(name, empty);
    const fragment = fragments.get(name);
    const size = fragment === undefined ? empty : measure(fragment.selectionSet);
    known.set(name, size);
    return size;
  };

  const measure = (selectionSet: SelectionSetNode): Size => {
    let { depth, fields, aliases, rootFields } = empty;
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const below = selection.selectionSet === undefined ? empty : measure(selection.selectionSet);
        const describesSchema = selection.name.value === '__schema' || selection.name.value === '__type';
        depth = Math.max(depth, describesSchema ? 1 : 1 + below.depth);
        fields += 1 + below.fields;
        aliases += (selection.alias === undefined ? 0 : 1) + below.aliases;
        rootFields += 1;
      } else {
        const spread =
          selection.kind === Kind.FRAGMENT_SPREAD
            ? measureFragment(selection.name.value)
            : measure(selection.selectionSet);
        depth = Math.max(depth, spread.depth);
        fields += spread.fields;
        aliases += spread.aliases;
        rootFields += spread.rootFields;
      }
    }
    return { depth, fields, aliases, rootFields };
  };
  return measure;
}
