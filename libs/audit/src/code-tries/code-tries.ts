import type { Pool } from 'pg';

/** What is left by now: all that was, and what came back since. */
const left = `least($2::float8, b.tries + $2 * greatest(0, extract(epoch FROM clock_timestamp() - b.at)) / 60)`;

/** Takes one of a professional's tries, of which there are so many per minute; false when there is none. @throws what Postgres throws */
export async function takeCodeTry(pool: Pool, professionalId: string, perMinute: number): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'take-code-try',
    text: `INSERT INTO code_tries.bucket AS b (professional_id, tries, at) VALUES ($1, $2::float8 - 1, clock_timestamp())
      ON CONFLICT (professional_id) DO UPDATE SET tries = ${left} - 1, at = clock_timestamp() WHERE ${left} >= 1`,
    values: [professionalId, perMinute],
  });
  return rowCount === 1;
}

/** Takes a try back that should not count. @throws what Postgres throws */
export async function giveCodeTryBack(pool: Pool, professionalId: string, perMinute: number): Promise<void> {
  await pool.query({
    name: 'give-code-try-back',
    text: `UPDATE code_tries.bucket AS b SET tries = least($2::float8, b.tries + 1) WHERE professional_id = $1`,
    values: [professionalId, perMinute],
  });
}
