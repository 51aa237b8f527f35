import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { LiveFeed } from './live-feed.js';
import type { WriteRequest, WriteResult } from './records.js';
import { Retentions } from './retention.js';
import { Writer } from './writer.js';

const request = (stream: string, events = 1): WriteRequest => ({
  kind: 'append',
  stream,
  expected: 'any',
  deadline: Infinity,
  events: Array.from({ length: events }, () => ({
    id: randomUUID(),
    type: 'StepTaken',
    contentType: 'application/json',
    data: Buffer.from('{}'),
    metadata: Buffer.alloc(0),
  })),
});

describe('the writer of the event node', () => {
  let database: FreshDatabase;
  let writer: Writer;

  beforeAll(async () => {
    database = await freshDatabase();
    writer = await Writer.start(
      database.url,
      { feed: new LiveFeed(), retentions: new Retentions() },
      () => undefined,
    );
  });
  afterAll(async () => {
    await writer.close();
    await database.drop();
  });

  it.each([0, 1, 2, 3, 4, 5])(
    'takes up a write that comes just when it has run out of work (%s turns after an answer)',
    async (turns) => {
      const stream = `case-${randomUUID()}`;
      let answered = writer.write(request(stream));
      for (let turn = 0; turn < turns; turn += 1) answered = answered.then((result) => result);
      const next: Promise<WriteResult> = answered.then(() => writer.write(request(stream)));

      await expect(next).resolves.toMatchObject({ kind: 'written', revision: 1n });
    },
    5_000,
  );

  it('keeps its database as long as a large append gets on, however long that takes', async () => {
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await admin.query(`
      CREATE FUNCTION take_a_second() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM pg_sleep(1); RETURN NULL; END$$;
      CREATE TRIGGER slow BEFORE INSERT ON event EXECUTE FUNCTION take_a_second()`);

    const large = writer.write(request(`case-${randomUUID()}`, 3_000));

    await expect(large).resolves.toMatchObject({ kind: 'written', revision: 2_999n });
    await admin.query('DROP TRIGGER slow ON event');
    await admin.end();
  });
});
