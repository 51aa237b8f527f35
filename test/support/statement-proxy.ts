import { connect, createServer, type Socket } from 'node:net';

/** A place between two statements of a transaction: before its n-th statement (from 1 on), or after it. */
export interface Boundary {
  readonly statement: number;
  readonly side: 'before' | 'after';
}

/** What became of a boundary that was waited for. */
export interface Passed {
  /** The statements of the transaction that reached the server, in order, as a reader names them. */
  readonly statements: readonly string[];
  /** False when the transaction ended before the boundary came. */
  readonly met: boolean;
}

/** A proxy to Postgres that counts the statements of a transaction and knows the place between any two of them. */
export interface StatementProxy {
  readonly port: number;
  /**
   * Holds everything back at a boundary of the next transaction that writes rows, and calls `atBoundary` there; a statement
   * before which it is held never reaches the server, the answer to one after which it is held never reaches the client.
   */
  holdAt(boundary: Boundary, atBoundary: () => void): Promise<Passed>;
  close(): Promise<void>;
}

interface Watch {
  readonly boundary: Boundary;
  readonly atBoundary: () => void;
  readonly done: (passed: Passed) => void;
}

export async function startStatementProxy(target: { host: string; port: number }): Promise<StatementProxy> {
  const open = new Set<Socket>();
  let watch: Watch | undefined;
  const take = (): Watch | undefined => watch;
  const server = createServer((near) => {
    const far = connect(target.port, target.host);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    relay(near, far, take, () => (watch = undefined));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    port: address.port,
    holdAt: (boundary, atBoundary) =>
      new Promise((done) => {
        watch = { boundary, atBoundary, done };
      }),
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      return closed;
    },
  };
}

/** Passes a connection on, statement by statement: a simple query, or everything up to a Sync. */
function relay(client: Socket, server: Socket, watching: () => Watch | undefined, over: () => void): void {
  let held = false;
  let transaction: string[] | undefined;
  let writes = false;
  const statement: Buffer[] = [];
  let name = '';

  const meet = (watch: Watch): void => {
    held = true;
    over();
    watch.atBoundary();
    watch.done({ statements: transaction ?? [], met: true });
  };
  const isAt = ({ boundary }: Watch, side: Boundary['side'], number: number): boolean =>
    boundary.side === side && boundary.statement === number;

  split(client, true, (type, message) => {
    if (held) return;
    statement.push(message);
    name = nameOf(type, message) ?? name;
    if (type !== 'Q' && type !== 'S' && type !== '') {
      // Authentication and the end of a connection stand by themselves.
      if (type === 'p' || type === 'X') server.write(Buffer.concat(statement.splice(0)));
      return;
    }
    if (name === 'BEGIN') {
      transaction = [];
      writes = false;
    }
    const watch = watching();
    if (transaction && watch && isAt(watch, 'before', transaction.length + 1)) {
      meet(watch);
      return;
    }
    transaction?.push(name);
    if (/^(upsert|remove) /.test(name)) writes = true;
    server.write(Buffer.concat(statement.splice(0)));
  });

  split(server, false, (type, message) => {
    if (held) return;
    const watch = watching();
    if (type === 'Z' && transaction) {
      if (watch && isAt(watch, 'after', transaction.length)) {
        meet(watch);
        return;
      }
      if (transaction.at(-1) === 'COMMIT') {
        // One that only moves checkpoints has fewer statements than the one that is meant.
        if (watch && writes) {
          over();
          watch.done({ statements: transaction, met: false });
        }
        transaction = undefined;
      }
    }
    client.write(message);
  });
}

/** Cuts a byte stream of the Postgres protocol into messages; the first of a client has no type. */
function split(
  source: Socket,
  startsWithoutType: boolean,
  take: (type: string, message: Buffer) => void,
): void {
  let rest = Buffer.alloc(0);
  let untyped = startsWithoutType;
  source.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const head = untyped ? 0 : 1;
      if (rest.length < head + 4) return;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      take(untyped ? '' : String.fromCharCode(message[0] ?? 0), message);
      untyped = false;
    }
  });
}

/** How a statement is called: by its text, or by the name it was prepared under. */
function nameOf(type: string, message: Buffer): string | undefined {
  const text = (from: number): string => message.toString('utf8', from, message.indexOf(0, from));
  if (type === 'Q') return text(5);
  if (type === 'P') {
    const prepared = text(5);
    return prepared === '' ? text(6).split(/\s+/).slice(0, 3).join(' ') : prepared;
  }
  if (type !== 'B') return undefined;
  const portal = text(5);
  const prepared = text(6 + portal.length);
  return prepared === '' ? undefined : prepared;
}
