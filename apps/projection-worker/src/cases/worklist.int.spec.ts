import { startEventNode, type EventNode } from '@spil/embedded';
import { connectEventStore, createCodec, type EventStore } from '@spil/event-store';
import { caseById, caseTimeline, casesPage, watchCheckpoints, type CheckpointWatch } from '@spil/read-model';
import {
  caseRegistered,
  party,
  registrationFacts,
  sealedValue,
  streamOf,
  toAppend,
} from '../../../../test/support/case-events.js';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.js';
import { freshReadModel, type TestReadModel } from '../../../../test/support/read-model.js';
import { allProjections } from '../projections.js';
import { runProjections, type Running } from '../runtime/running.js';

describe('a case on the way from the event store to the worklist', () => {
  let log: FreshDatabase;
  let node: EventNode;
  let store: EventStore;
  let readModel: TestReadModel;
  let watch: CheckpointWatch;
  let running: Running;

  beforeAll(async () => {
    log = await freshDatabase();
    node = await startEventNode({ databaseUrl: log.url });
    store = connectEventStore({
      connectionString: `esdb://127.0.0.1:${node.port}?tls=false`,
      credentials: { username: 'admin', password: 'changeit' },
    });
    readModel = await freshReadModel();
    watch = watchCheckpoints(readModel.serviceUrl);
    running = runProjections({
      store,
      codec: createCodec(),
      url: readModel.workerUrl,
      projections: allProjections,
    });
  });

  afterAll(async () => {
    await running.stop();
    await watch.close();
    await readModel.drop();
    await store.close();
    await node.stop();
    await log.drop();
  });

  it('shows a registered case with its personal fields as ciphertext and the event that opens them', async () => {
    const event = caseRegistered({
      client: sealedValue('client'),
      facts: registrationFacts({
        clientQuestion: sealedValue('facts.clientQuestion'),
        signaleringRelevance: 'YES',
      }),
    });
    const stream = streamOf(event);
    const append = toAppend(event);

    const { position } = await store.append(stream, [append], 'no_stream');
    const waited = await watch.waitForPosition({
      projections: ['access', 'case', 'timeline', 'figures', 'reference'],
      position,
      timeoutMs: 10_000,
    });

    expect(waited).toEqual({ kind: 'reached' });
    const found = await caseById(readModel.db, event.caseId);
    expect(found).toMatchObject({
      registrationCode: event.registrationCode,
      status: 'OPEN',
      locationId: 'amsterdam',
      municipality: 'GM0363',
      areas: ['HUURRECHT'],
      waitingFor: 'NEXT_STEP',
      waitingSince: new Date(event.occurredAt),
      revision: 0n,
      stale: false,
    });
    expect(found?.document.client).toEqual({
      stream,
      eventId: append.eventId,
      sealed: sealedValue('client'),
    });
    const [entry] = await caseTimeline(readModel.db, event.caseId);
    expect(entry).toMatchObject({ type: 'CaseRegistered', revision: 0n, eventId: append.eventId });
    expect(Object.keys(entry?.sealed ?? {})).toEqual(['client', 'facts.clientQuestion']);
    const page = await casesPage(readModel.db, {
      filter: { status: 'OPEN' },
      reader: {
        kind: 'LIST',
        organisationId: party('JURIDISCH_LOKET').organisationId,
        locationId: 'amsterdam',
        professionalId: 'somebody-there',
        words: ['OWNER/NOT_NEEDED/OPEN'],
      },
      first: 10,
    });
    expect(page.edges.map(({ node: { caseId } }) => caseId)).toEqual([event.caseId]);
  });
});
