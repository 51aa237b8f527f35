import type { AuditSchema } from '../store/audit-schema.js';

/**
 * The Merkle tree over the log, its signed checkpoints and the cosignatures on them. What the worker may only add to, it cannot
 * rewrite; what it may change is small and can be made again from the rest.
 */
export const proofSchema: AuditSchema = {
  name: 'proof',
  steps: [
    `CREATE SCHEMA proof;
     CREATE TABLE proof.tree (
       single boolean PRIMARY KEY DEFAULT true CHECK (single),
       size bigint NOT NULL,
       commit_position bigint,
       prepare_position bigint
     );
     COMMENT ON TABLE proof.tree IS 'How many leaves the tree has, and up to where in the log they reach.';
     INSERT INTO proof.tree (size) VALUES (0);
     CREATE TABLE proof.leaf (
       index bigint PRIMARY KEY,
       stream text COLLATE "C" NOT NULL,
       revision bigint NOT NULL,
       UNIQUE (stream, revision)
     );
     COMMENT ON TABLE proof.leaf IS 'Which event is which leaf.';
     CREATE TABLE proof.node (
       level smallint NOT NULL,
       index bigint NOT NULL,
       hash bytea NOT NULL CHECK (octet_length(hash) = 32),
       PRIMARY KEY (level, index)
     );
     COMMENT ON TABLE proof.node IS 'Hash of every complete subtree; level 0 are the leaves.';
     CREATE TABLE proof.checkpoint (
       size bigint PRIMARY KEY,
       root bytea NOT NULL CHECK (octet_length(root) = 32),
       note text NOT NULL,
       signed_at timestamptz NOT NULL DEFAULT clock_timestamp()
     );
     COMMENT ON TABLE proof.checkpoint IS 'What the log signed, in the form of C2SP tlog-checkpoint.';
     CREATE TABLE proof.cosignature (
       size bigint NOT NULL REFERENCES proof.checkpoint,
       witness text NOT NULL,
       line text NOT NULL,
       cosigned_at timestamptz NOT NULL,
       PRIMARY KEY (size, witness)
     );
     COMMENT ON TABLE proof.cosignature IS 'Signature lines of witnesses under a checkpoint.';
     CREATE TABLE proof.stream_head (
       stream text COLLATE "C" PRIMARY KEY,
       bucket smallint NOT NULL,
       revision bigint NOT NULL
     );
     COMMENT ON TABLE proof.stream_head IS 'Where each stream ends under the last checkpoint.';
     CREATE INDEX stream_head_bucket ON proof.stream_head (bucket);
     CREATE TABLE proof.head_bucket (
       bucket smallint PRIMARY KEY,
       size bigint NOT NULL,
       root bytea NOT NULL CHECK (octet_length(root) = 32)
     );
     COMMENT ON TABLE proof.head_bucket IS 'Root over the stream heads of each bucket under the last checkpoint; empty ones are left out.'`,
    // Made again from the leaves at the next checkpoint, in the form that names the events of every stream (heads/v2).
    `TRUNCATE proof.stream_head, proof.head_bucket;
     ALTER TABLE proof.stream_head
       ADD COLUMN chain bytea NOT NULL CHECK (octet_length(chain) = 32);
     COMMENT ON TABLE proof.stream_head IS 'Where each stream ends under the last checkpoint, and a hash over its events.'`,
  ],
  rights: ({ serviceRole, workerRole }) =>
    `GRANT USAGE ON SCHEMA proof TO ${serviceRole}, ${workerRole};
     GRANT SELECT ON ALL TABLES IN SCHEMA proof TO ${serviceRole}, ${workerRole};
     GRANT INSERT ON proof.leaf, proof.node, proof.checkpoint, proof.cosignature TO ${workerRole};
     GRANT UPDATE ON proof.tree TO ${workerRole};
     GRANT INSERT, UPDATE ON proof.stream_head, proof.head_bucket TO ${workerRole}`,
};
