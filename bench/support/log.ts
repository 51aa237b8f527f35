import type { CaseEvent } from '@spil/domain';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { canonicalJson, toJson } from '@spil/event-store';
import { from as copyFrom } from 'pg-copy-streams';
import { caseIdOf, eventOf } from './cases.js';
import { withClient } from './place.js';

/** Which event of which case. */
export interface SeededEvent {
  readonly number: number;
  readonly step: number;
}

/**
 * Copies events into the table of an event node that is not running, as the node would have stored them: a log of this size
 * would take minutes through the client.
 */
export async function seedLog(databaseUrl: string, events: Iterable<SeededEvent>): Promise<number> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ pos: string | null; at: string | null }>(
      'SELECT max(pos) AS pos, max(created) AS at FROM event',
    );
    let position = BigInt(rows[0]?.pos ?? 0);
    let created = BigInt(rows[0]?.at ?? 0);
    const copy = client.query(
      copyFrom('COPY event (pos, stream, rev, id, type, content_type, created, data, metadata) FROM STDIN'),
    );
    let count = 0;
    const texts = function* (): Generator<string> {
      let text = '';
      for (const { number, step } of events) {
        position += 1n;
        const event = eventOf(number, step);
        // Recorded when it happened, in ticks of 100 ns; the node's clock never goes back.
        const at = BigInt(Date.parse(event.occurredAt)) * 10_000n;
        created = at > created ? at : created + 1n;
        count += 1;
        text += lineOf(position, created, event, { number, step });
        if (text.length < 1 << 16) continue;
        yield text;
        text = '';
      }
      yield text;
    };
    await pipeline(Readable.from(texts()), copy);
    await client.query('ANALYZE event');
    return count;
  });
}

const escaped = (bytes: string): string => `\\\\x${Buffer.from(bytes).toString('hex')}`;

function lineOf(
  position: bigint,
  created: bigint,
  { type, ...fields }: CaseEvent,
  { number, step }: SeededEvent,
): string {
  const actor = 'registeredBy' in fields ? fields.registeredBy : { professionalId: `bench-${number % 400}` };
  const metadata = {
    commandId: randomUUID(),
    correlationId: randomUUID(),
    causationId: randomUUID(),
    actor: { kind: 'SYSTEM', process: 'bench', ...actor },
    mandate: 'IMPORT',
    recordedAt: fields.occurredAt,
    schemaVersion: 1,
    fingerprint: 'x'.repeat(43),
  };
  const columns = [
    position,
    `case-${caseIdOf(number)}`,
    step,
    randomUUID(),
    type,
    'application/json',
    created,
  ];
  return `${[...columns, escaped(canonicalJson(toJson(fields))), escaped(canonicalJson(toJson(metadata)))].join('\t')}\n`;
}
