/**
 * Every environment variable that a part of Spil reads, and what it says. One list for all programs: each takes what it needs, and
 * a `SPIL_` variable that is not on it is a misspelt one. Any of them may be given as `<NAME>_FILE` instead, a file that holds the
 * value, except those that name a file themselves.
 */
export const variables = {
  SPIL_EVENT_STORE_URL:
    'connection string of the event store: one node, several, or a name to discover them by',
  SPIL_EVENT_STORE_USER: 'user at the event store',
  SPIL_EVENT_STORE_PASSWORD: 'its password',
  SPIL_READ_DATABASE_URL: 'Postgres URL of the read models, in the role that the program has there',
  SPIL_READ_OWNER_DATABASE_URL: 'Postgres URL of the read models, in the role that owns them',
  SPIL_READ_WORKER_ROLE: 'database role of the worker, which writes the read models',
  SPIL_READ_SERVICE_ROLE: 'database role of the service, which only reads them',
  SPIL_KEYS_DATABASE_URL: 'Postgres URL of the data keys, in the role that seals and unseals',
  SPIL_KEYS_OWNER_DATABASE_URL: 'Postgres URL of the data keys, in the role that owns them',
  SPIL_KEYS_SERVICE_ROLE: 'database role of the service at the data keys',
  SPIL_AUDIT_DATABASE_URL: 'Postgres URL of the audit database, in the role that the program has there',
  SPIL_AUDIT_OWNER_DATABASE_URL: 'Postgres URL of the audit database, in the role that owns it',
  SPIL_AUDIT_SERVICE_ROLE: 'database role of the service at the audit database, where it only adds and reads',
  SPIL_AUDIT_WORKER_ROLE: 'database role of the worker at the audit database, where it keeps the proofs',
  SPIL_CHECKPOINT_KEY_FILE: 'file with the key that signs checkpoints of the log, and its name',
  SPIL_CHECKPOINT_SECONDS: 'seconds between two checkpoints of a log that grows',
  SPIL_WITNESSES_FILE:
    'file with the witnesses that cosign checkpoints, a JSON list of addresses and public keys',
  SPIL_KEY_RING_FILE: 'file with the key-encryption keys',
  SPIL_TOMBSTONES_FILE: 'list of destroyed data keys, outside all backups; it only ever grows',
  SPIL_TOKEN_ISSUER: 'who issues the tokens (claim iss)',
  SPIL_TOKEN_AUDIENCE: 'for whom they are issued (claim aud)',
  SPIL_TOKEN_DISCOVERY_URL:
    'where the issuer’s discovery document is read, when not below its name: an address inside the network',
  SPIL_TOKEN_JWKS_FILE: 'instead of discovery: file with the public keys of the issuer, a JSON Web Key Set',
  SPIL_TOKEN_LOCAL_ISSUER_FILE: 'instead of either, for trying out: key of an issuer of our own',
  SPIL_TOKEN_ISSUERS_FILE: 'instead of all these: file with several issuers, and for whom each vouches',
  SPIL_TRUSTED_DOCUMENTS_FILE:
    'file with the only GraphQL documents that the service runs; without it all do',
  SPIL_HOST: 'address on which the service listens',
  SPIL_PORT: 'TCP port on which the service listens',
  SPIL_WORKER_HOST: 'address on which the worker tells of its health',
  SPIL_WORKER_PORT: 'TCP port on which it does',
  SPIL_WITNESS_PORT: 'TCP port on which a witness listens',
  SPIL_LOG_LEVEL: 'how much is logged',
  SPIL_GRAPHQL_URL: 'where the service answers, for the operator loading data through it',
  SPIL_TRACES_URL: 'where traces are sent by OTLP over HTTP; nothing is traced without it',
  SPIL_EVENT_NODE_DATABASE_URL: 'Postgres URL of the embedded event node',
  SPIL_EVENT_NODE_CREDENTIALS: 'user:password that the embedded event node asks for',
} as const;

export type VariableName = keyof typeof variables;
