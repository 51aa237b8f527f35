import { randomUUID } from 'node:crypto';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { LiveFeed } from './live-feed.js';
import type { WriteRequest, WriteResult } from './records.js';
import { Retentions } from './retention.js';
import { Writer } from './writer.js';

const request = (stream: string): WriteRequest => ({
  kind: 'append',
  stream,
  expected: 'any',
  deadline: Infinity,
  events: [
    {
      id: randomUUID(),
      type: 'StepTaken',
      contentType: 'application/json',
      data: Buffer.from('{}'),
      metadata: Buffer.alloc(0),
    },
  ],
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
});
