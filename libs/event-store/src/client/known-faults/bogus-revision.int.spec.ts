import { EventStoreDBClient } from '@eventstore/db-client';
import { useScriptedNode } from '../../../../../test/support/scripted-node/index.js';
import { anEvent, failureOf, newCaseStream, someEvents } from '../../../../../test/support/store-client.js';
import { WrongExpectedRevision } from '../../port.js';

const nodes = useScriptedNode();
const quiet = (): string => `${nodes.node.connectionString}&throwOnAppendFailure=false`;

describe('a connection string that turns off throwing on a failed append', () => {
  it('makes the client answer a wrong revision with a revision that is none', async () => {
    const stream = newCaseStream();
    await nodes.spil().append(stream, someEvents(8), 'no_stream');
    const client = EventStoreDBClient.connectionString(quiet());
    const answer = await client.appendToStream(stream, [], { expectedRevision: 3n });
    await client.dispose();
    expect(answer).toMatchObject({ success: false, nextExpectedRevision: 1n });
  });

  it('changes nothing for Spil: the append fails, with the revision that the stream is at', async () => {
    const stream = newCaseStream();
    const store = nodes.spil({ connectionString: quiet() });
    await store.append(stream, someEvents(8), 'no_stream');
    const { error } = await failureOf(() => store.append(stream, [anEvent()], 3n));
    expect(error).toBeInstanceOf(WrongExpectedRevision);
    expect(error).toMatchObject({ stream, actual: 7n });
  });
});
