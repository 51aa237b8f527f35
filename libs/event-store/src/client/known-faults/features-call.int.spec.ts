import { status } from '@grpc/grpc-js';
import { failing, useScriptedNode } from '../../../../../test/support/scripted-node/index.js';
import { anEvent, collectStored, follow, newCaseStream } from '../../../../../test/support/store-client.js';

const nodes = useScriptedNode();

describe('a node that fails to tell its features once', () => {
  it('fails every append of the client from then on', async () => {
    const { node } = nodes;
    node.script.features.push(failing(status.INTERNAL));
    const client = nodes.naive();
    for (let round = 0; round < 3; round++)
      await expect(client.appendToStream(newCaseStream(), [])).rejects.toThrow('as scripted');
    expect(node.calls).toMatchObject({ features: 1, batchAppend: 0, append: 0 });
  });

  it('keeps Spil from nothing', async () => {
    const { node } = nodes;
    node.script.features.push(failing(status.INTERNAL), failing(status.INTERNAL));
    const store = nodes.spil();
    const stream = newCaseStream();
    await store.append(stream, [anEvent()], 'no_stream');
    expect(await collectStored(store.readStream(stream))).toHaveLength(1);
    await follow(store, { after: undefined, eventTypes: ['CaseClosed'] }, (items) => items.length > 0);
    expect(node.calls.features).toBe(0);
  });
});
