import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/**
 * Milliseconds for which documents are remembered, from when each was first sent. Somebody may write a client's data into a document
 * instead of into its variables: like keys at hand they must be gone soon after an erasure (AVG art. 17).
 */
const memoryMs = 30_000;

const atMost = { max: 1_000, maxSize: 10_000_000, ttlAutopurge: true } as const;

/** Keeps what was found out about documents by their text: of 1,000, and of 10 million characters, at most. */
export const documentMemory = <Finding extends object | true>(ttl = memoryMs): LRUCache<string, Finding> =>
  new LRUCache({ ...atMost, ttl, sizeCalculation: (_, text) => text.length + 1 });

/** The same for documents that Apollo parsed and validated, which it names by their hash. */
export function documentStore(ttl = memoryMs): NonNullable<ApolloDriverConfig['documentStore']> {
  const documents = new LRUCache<string, DocumentNode>({
    ...atMost,
    ttl,
    sizeCalculation: ({ loc }) => (loc?.source.body.length ?? 0) + 1,
  });
  return {
    get: (hash) => Promise.resolve(documents.get(hash)),
    set: (hash, document) => {
      documents.set(hash, document);
      return Promise.resolve();
    },
    delete: (hash) => Promise.resolve(documents.delete(hash)),
  };
}
