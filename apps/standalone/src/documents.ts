import { documentHash } from '../../coordination-service/src/api/documents.js';
import { pilotDocuments } from './pilot/graphql-sink.js';
import { queriesToTry } from './welcome.js';

/** Every GraphQL document that a part of Spil sends: what a new client sends is added here. */
export const documents: readonly string[] = [...queriesToTry.map(({ query }) => query), ...pilotDocuments];

/** The list of trusted documents, as it is committed: by the hash of their text. */
export const manifestText = (texts: readonly string[]): string => {
  const byHash = Object.fromEntries(texts.map((text) => [documentHash(text), text] as const).sort());
  return `${JSON.stringify(byHash, null, 2)}\n`;
};
