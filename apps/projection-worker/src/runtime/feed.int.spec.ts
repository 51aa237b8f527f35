import pg from 'pg';
import { createCodec } from '@spil/event-store';
import { caseRegistered, logOf } from '../../../../test/support/case-events.js';
import { freshReadModel, type TestReadModel } from '../../../../test/support/read-model.js';
import { ScriptedStore } from '../../../../test/support/scripted-store.js';
import { casesProjection } from '../cases/cases.projection.js';
import { runFeed } from './feed.js';
import { takeOver } from './load-writer.js';

describe('a feed that is careful because the database refused a batch', () => {
  let readModel: TestReadModel;
  let client: pg.Client;

  beforeAll(async () => {
    readModel = await freshReadModel();
    client = new pg.Client({ connectionString: readModel.workerUrl });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await readModel.drop();
  });

  it('leaves out nothing when it becomes as fast as ever, with a full batch waiting', async () => {
    const log = logOf(Array.from({ length: 5_000 }, () => caseRegistered()));
    const store = new ScriptedStore();
    store.append(...log);
    const stopping = new AbortController();

    await runFeed({
      store,
      codec: createCodec(),
      db: client,
      writers: [await takeOver(client, casesProjection)],
      signal: stopping.signal,
      careful: true,
      largestBatch: 1_000,
      onCaughtUp: () => stopping.abort(),
    });

    expect((await client.query('SELECT count(*)::int AS n FROM read.case_row')).rows).toEqual([{ n: 5_000 }]);
  });
});
