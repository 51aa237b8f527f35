import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, StreamNotFoundError } from '@eventstore/db-client';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { credentials as channel } from '@grpc/grpc-js';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { collect, connect, events, ids, newStream } from '../../../../test/support/event-store-client.js';
import { useEventNode } from '../../../../test/support/node-under-test.js';
import { freshDatabase } from '../../../../test/support/database.js';
import { Empty, shared, streams } from './protocol.js';
import { startEventNode } from './start-event-node.js';
import { wireStream, wireUuid } from './wire/values.js';

type BatchReq = InstanceType<typeof streams.BatchAppendReq>;
type BatchResp = InstanceType<typeof streams.BatchAppendResp>;

describe('the batch stream', () => {
  const under = useEventNode();

  it('carries many appends at once, each answered by itself and stored in its own stream', async () => {
    const appends = Array.from({ length: 500 }, (_, index) => ({
      stream: newStream(),
      given: events(1 + (index % 3)),
    }));

    const results = await Promise.all(
      appends.map(({ stream, given }) =>
        under.client.appendToStream(stream, given, { expectedRevision: 'no_stream' }),
      ),
    );

    expect(results.map(({ nextExpectedRevision }) => nextExpectedRevision)).toEqual(
      appends.map(({ given }) => BigInt(given.length - 1)),
    );
    for (const { stream, given } of appends.slice(0, 20))
      expect(await ids(under.client.readStream(stream))).toEqual(given.map(({ id }) => id));
  });

  it('keeps the order of many appends to one stream', async () => {
    const stream = newStream();
    const given = events(2_000);

    await Promise.all(given.map((event) => under.client.appendToStream(stream, event)));

    expect(await ids(under.client.readStream(stream))).toEqual(given.map(({ id }) => id));
  });

  it('puts an append together that comes in many messages, and others in between', async () => {
    const large = { stream: newStream(), given: events(3_000) };
    const small = { stream: newStream(), given: events(1) };

    await Promise.all([
      under.client.appendToStream(large.stream, large.given, { batchAppendSize: 1_024 }),
      under.client.appendToStream(small.stream, small.given),
    ]);

    for (const { stream, given } of [large, small])
      expect(await ids(under.client.readStream(stream))).toEqual(given.map(({ id }) => id));
  });

  it('goes on after refusals', async () => {
    const stream = newStream();
    const given = events(1);

    await expect(under.client.appendToStream(stream, given, { expectedRevision: 5n })).rejects.toThrow();
    await expect(under.client.appendToStream('', given)).rejects.toThrow();
    await under.client.appendToStream(stream, given);

    expect(await ids(under.client.readStream(stream))).toEqual(given.map(({ id }) => id));
  });

  it('tells a client that does not want errors whether it appended', async () => {
    const lenient = EventStoreDBClient.connectionString(
      `esdb://127.0.0.1:${under.node.port}?tls=false&throwOnAppendFailure=false`,
    );
    const stream = newStream();
    await lenient.appendToStream(stream, events(2));

    const refused = await lenient.appendToStream(stream, events(1), { expectedRevision: 'no_stream' });

    expect(refused.success).toBe(false);
    await lenient.dispose();
  });

  it('is ended with CANCELLED when the node stops', async () => {
    const database = await freshDatabase();
    const node = await startEventNode({ databaseUrl: database.url });
    const call = new streamsService.StreamsClient(
      `127.0.0.1:${node.port}`,
      channel.createInsecure(),
    ).batchAppend();
    const ended = new Promise<Error>((resolve) => call.once('error', resolve));
    call.write(append('00000000-0000-4000-8000-000000000001', newStream()));
    await new Promise((answered) => call.once('data', answered));

    await node.stop();

    expect(await ended).toMatchObject({ code: 1, details: 'the event node is stopping' });
    await database.drop();
  });

  describe('in its messages', () => {
    const answersTo = async (...messages: BatchReq[]): Promise<BatchResp[]> => {
      const client = new streamsService.StreamsClient(
        `127.0.0.1:${under.node.port}`,
        channel.createInsecure(),
      );
      const call = client.batchAppend();
      const answers: BatchResp[] = [];
      call.on('data', (answer: BatchResp) => answers.push(answer));
      for (const message of messages) call.write(message);
      call.end();
      await new Promise((ended, failed) => call.once('end', ended).once('error', failed));
      client.close();
      return answers;
    };
    const first = '00000000-0000-4000-8000-000000000001';
    const second = '00000000-0000-4000-8000-000000000002';

    it('answers each append once and with its correlation id, then ends as the caller does', async () => {
      const answers = await answersTo(append(first, newStream()), append(second, newStream()));

      expect(answers.map((answer) => answer.getCorrelationId()?.getString()).sort()).toEqual([first, second]);
      expect(answers.every((answer) => answer.hasSuccess())).toBe(true);
    });

    it('answers an append that makes no sense, and no more than once', async () => {
      const rest = append(first, newStream());
      rest.clearOptions();

      const answers = await answersTo(append(first, '', false), rest, append(second, newStream()));

      expect(answers.map((answer) => answer.getCorrelationId()?.getString())).toEqual([first, second]);
      expect(answers[0]?.getError()?.getDetails()?.getTypeName()).toBe('event_store.client.BadRequest');
    });

    it('answers an append that is never completed when its deadline comes', async () => {
      const stream = newStream();
      const unfinished = append(first, stream).setIsFinal(false);
      unfinished
        .getOptions()
        ?.getDeadline()
        ?.fromDate(new Date(Date.now() + 300));

      const [answer] = await answersTo(unfinished);

      expect(answer?.getError()?.getDetails()?.getTypeName()).toBe('event_store.client.Timeout');
      await expect(collect(under.client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
    });

    it('refuses a call without a correlation id', async () => {
      await expect(answersTo(append('', newStream()))).rejects.toMatchObject({ code: 3 });
    });
  });

  it('does not outlive its caller', async () => {
    const gone = connect(under.node.port);
    await gone.appendToStream(newStream(), events(1));
    await gone.dispose();
    const stream = newStream();

    await under.client.appendToStream(stream, events(1));

    expect(await collect(under.client.readStream(stream))).toHaveLength(1);
  });
});

/** One append, whole or only its beginning, in one message. */
function append(correlationId: string, stream: string, isFinal = true, milliseconds = 10_000): BatchReq {
  const { BatchAppendReq } = streams;
  const proposed = new BatchAppendReq.ProposedMessage().setId(wireUuid(randomUUID(), false));
  proposed.getMetadataMap().set('type', 'StepTaken').set('content-type', 'application/json');
  const message = new BatchAppendReq()
    .setCorrelationId(new shared.UUID().setString(correlationId))
    .setIsFinal(isFinal)
    .setOptions(
      new BatchAppendReq.Options()
        .setStreamIdentifier(wireStream(stream))
        .setDeadline(timestamp.Timestamp.fromDate(new Date(Date.now() + milliseconds)))
        .setAny(new Empty()),
    );
  message.addProposedMessages(proposed);
  return message;
}
