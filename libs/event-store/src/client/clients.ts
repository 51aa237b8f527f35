import { EventStoreDBClient } from '@eventstore/db-client';
import { withDeadline } from '../deadline.js';
import { EventStoreUnavailable } from '../port.js';

/** Milliseconds that a client's streams get to end before its connection is closed under them. */
const disposeMs = 1_000;

/** A client lent out for one call or one subscription. */
export interface BorrowedClient {
  readonly client: EventStoreDBClient;
  /** Gives it back. After a fault nobody gets this client again, and it is closed once the calls still running on it are done. */
  release(faulty: boolean): void;
}

interface Entry {
  readonly client: EventStoreDBClient;
  users: number;
  retired: boolean;
}

/**
 * Lends clients and replaces faulty ones. A client caches its failures (a failed feature call fails every later call), so after
 * an error that is no answer the next caller gets a fresh client, while healthy calls on the old one run to their end.
 */
export class Clients {
  #current: Entry | undefined;
  #made = 0;
  #closed = false;
  readonly #open = new Set<Entry>();

  constructor(
    private readonly connectionString: string,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Lends the client that all calls share. */
  shared(): BorrowedClient {
    this.#current ??= this.#make(false);
    return this.#lend(this.#current);
  }

  /** Lends a client of the borrower's own, with a connection of its own; it is closed when it is given back. */
  own(): BorrowedClient {
    return this.#lend(this.#make(true));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#current = undefined;
    await Promise.all([...this.#open].map((entry) => this.#dispose(entry)));
  }

  #make(retired: boolean): Entry {
    if (this.#closed) throw new EventStoreUnavailable('the connection was closed');
    const settings = withSettings(this.connectionString, {
      throwOnAppendFailure: 'true',
      keepAliveInterval: '10000',
      // gRPC shares one connection between clients with equal settings; a millisecond of difference keeps a connection that is
      // stuck, or a subscription's, apart from the others.
      keepAliveTimeout: String(5_000 + (this.#made++ % 1_000)),
    });
    const entry = { client: EventStoreDBClient.connectionString(settings), users: 0, retired };
    this.#open.add(entry);
    return entry;
  }

  #lend(entry: Entry): BorrowedClient {
    entry.users++;
    let lent = true;
    return {
      client: entry.client,
      release: (faulty) => {
        if (!lent) return;
        lent = false;
        entry.users--;
        if (faulty) entry.retired = true;
        if (entry.retired && this.#current === entry) this.#current = undefined;
        if (entry.retired && entry.users === 0) void this.#dispose(entry);
      },
    };
  }

  async #dispose(entry: Entry): Promise<void> {
    if (!this.#open.delete(entry)) return;
    try {
      await withDeadline(
        entry.client.dispose(),
        disposeMs,
        () => new Error('a stream of a client did not end'),
      );
    } catch (error) {
      this.onError(error);
    }
    await closeChannel(entry.client).catch(this.onError);
  }
}

/** `dispose` ends streams but leaves the connection open, which would keep the process alive; the channel is only reachable from inside. */
async function closeChannel(client: EventStoreDBClient): Promise<void> {
  const getChannel: unknown = Reflect.get(client, 'getChannel');
  if (typeof getChannel !== 'function') throw new Error('this version of the client hides its channel');
  const channel: unknown = await (getChannel as () => Promise<unknown>)();
  if (
    typeof channel === 'object' &&
    channel !== null &&
    'close' in channel &&
    typeof channel.close === 'function'
  ) {
    (channel.close as () => void).call(channel);
  }
}

function withSettings(connectionString: string, settings: Readonly<Record<string, string>>): string {
  const [address = '', query = ''] = connectionString.split('?', 2);
  const kept = query
    .split('&')
    .filter((pair) => pair !== '' && !Object.keys(settings).some((name) => isSetting(pair, name)));
  const added = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return `${address}?${[...kept, ...added].join('&')}`;
}

const isSetting = (pair: string, name: string): boolean =>
  pair.toLowerCase().startsWith(`${name.toLowerCase()}=`);
