import { eventually } from '../../../../../test/support/eventually.js';
import {
  useScriptedNode,
  within,
  type SubscribeTurn,
} from '../../../../../test/support/scripted-node/index.js';
import { deliveredIds, follow, newCaseStream, someEvents } from '../../../../../test/support/store-client.js';

const nodes = useScriptedNode();

/** What the client's own loop over a subscription was given when it ended, or so far. */
function naiveFollow(): { readonly seen: string[]; readonly ended: Promise<string> } {
  const seen: string[] = [];
  const loop = async (): Promise<string> => {
    for await (const { event } of nodes.naive().subscribeToAll()) if (event) seen.push(event.id);
    return 'ended without an error';
  };
  return { seen, ended: loop() };
}

const sent = someEvents(9);
const idsOf = (events: typeof sent): string[] => events.map(({ eventId }) => eventId);

/** Lets three subscriptions in a row stop short, each in this way. */
function stopShort(then: 'end' | 'freeze'): void {
  const short = (turn: SubscribeTurn): void => turn.deliver(2, then);
  nodes.node.script.subscribe.push(short, short, short);
}

const followWithSpil = async () => {
  const drops: string[] = [];
  const onDrop = (cause: unknown): number => drops.push(String(cause));
  const items = await follow(
    nodes.spil(),
    { after: undefined, eventTypes: ['CaseClosed'], onDrop },
    (soFar) => deliveredIds(soFar).length >= sent.length,
  );
  return { delivered: deliveredIds(items), drops };
};

describe('a subscription that the server ends with OK', () => {
  it('ends the client’s loop as if there were nothing more to come', async () => {
    stopShort('end');
    const store = nodes.spil();
    const { seen, ended } = naiveFollow();
    await store.append(newCaseStream(), sent, 'no_stream');
    await expect(ended).resolves.toBe('ended without an error');
    expect(seen).toEqual(idsOf(sent.slice(0, 2)));
  });

  it('is a drop to Spil, which goes on where it was: every event once, in order', async () => {
    stopShort('end');
    await nodes.spil().append(newCaseStream(), sent, 'no_stream');
    const { delivered, drops } = await followWithSpil();
    expect(delivered).toEqual(idsOf(sent));
    expect(drops).toEqual(Array(3).fill(expect.stringContaining('subscription ended by the server')));
  });
});

describe('a subscription that falls silent on a connection that lives', () => {
  it('leaves the client’s loop waiting for ever', async () => {
    stopShort('freeze');
    await nodes.spil().append(newCaseStream(), sent, 'no_stream');
    const { seen, ended } = naiveFollow();
    await eventually(() => expect(seen).toHaveLength(2));
    expect(await within(1_500, ended)).toBe('pending');
    expect(seen).toEqual(idsOf(sent.slice(0, 2)));
  });

  it('is noticed by Spil, which compares it with the log: every event once, in order', async () => {
    stopShort('freeze');
    await nodes.spil().append(newCaseStream(), sent, 'no_stream');
    const { delivered, drops } = await followWithSpil();
    expect(delivered).toEqual(idsOf(sent));
    expect(drops).toEqual(Array(3).fill(expect.stringContaining('fell silent')));
  });
});
