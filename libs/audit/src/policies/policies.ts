import type { PolicyText } from '@spil/access';
import type { Pool } from 'pg';

/** A policy text and from when on it decides. */
export interface PolicyUse extends PolicyText {
  readonly version: string;
  readonly inForceFrom: Date;
}

/** Writes down that a text decides from some moment on, unless it is the one that did so last. @throws what Postgres throws */
export async function recordPolicyUse(pool: Pool, use: PolicyUse): Promise<void> {
  await pool.query({
    name: 'record-policy-use',
    text: `WITH known AS (
        INSERT INTO policies.text (version, policy, words) VALUES ($1, $2, $3) ON CONFLICT (version) DO NOTHING)
      INSERT INTO policies.use (version, in_force_from)
      SELECT $1, $4::timestamptz WHERE $1 IS DISTINCT FROM (
        SELECT version FROM policies.use WHERE in_force_from <= $4 ORDER BY in_force_from DESC, use_id DESC LIMIT 1)`,
    values: [use.version, use.policy, use.schema, use.inForceFrom],
  });
}

/**
 * The text by which the service decided at a moment; of a moment before the first that is known, the first one, which then says so by
 * `inForceFrom`. Undefined while none is known.
 */
export async function policyOn(pool: Pool, moment: Date): Promise<PolicyUse | undefined> {
  const { rows } = await pool.query<PolicyUse>({
    name: 'policy-on',
    text: `SELECT version, policy, words AS schema, in_force_from AS "inForceFrom"
      FROM policies.use JOIN policies.text USING (version)
      ORDER BY in_force_from > $1, CASE WHEN in_force_from > $1 THEN in_force_from END, in_force_from DESC, use_id DESC
      LIMIT 1`,
    values: [moment],
  });
  return rows[0];
}
