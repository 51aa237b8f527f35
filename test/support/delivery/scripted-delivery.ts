import type pg from 'pg';
import type { Position, StoredEvent, SubscribeOptions, SubscriptionItem } from '@spil/event-store';
import type { Database, Statement } from '@spil/read-model';
import type { DeliverySession } from './delivery-order.js';

/** The connection was lost, as the order says. */
export class ScriptedLoss extends Error {}

/** A connection that is lost at a given statement, and knows when a batch is under way. */
export class LosableConnection implements Database {
  statements = 0;
  /** Times that documents were looked up within a transaction. */
  lookedUpWithin = 0;
  #underWay = 0;
  #inTransaction = false;
  #gone = false;
  #onAnswer: (() => void) | undefined;

  constructor(
    private readonly client: pg.Client,
    private readonly lost: DeliverySession['lost'],
  ) {}

  async query(
    statement: string | Statement,
    parameters?: unknown[],
  ): Promise<{ rows: unknown[]; rowCount: number | null }> {
    if (this.#gone) throw new ScriptedLoss('the connection is gone');
    this.statements += 1;
    const losing = this.lost?.statement === this.statements;
    if (statement === 'BEGIN') this.#inTransaction = true;
    const name = typeof statement === 'string' ? undefined : statement.name;
    if (this.#inTransaction && name?.startsWith('load ')) this.lookedUpWithin += 1;
    if (losing) this.#gone = true;
    if (losing && !this.lost.executed) throw new ScriptedLoss('lost before a statement');
    this.#underWay += 1;
    try {
      const result =
        typeof statement === 'string'
          ? await this.client.query<Record<string, unknown>>(statement, parameters)
          : await this.client.query<Record<string, unknown>>(statement);
      if (losing) throw new ScriptedLoss('lost after a statement');
      if (statement === 'COMMIT') this.#inTransaction = false;
      return result;
    } finally {
      this.#underWay -= 1;
      this.#onAnswer?.();
    }
  }

  /** Resolves when nothing that was delivered is still to be written, or the subscription is given up. */
  async idle(signal: AbortSignal): Promise<void> {
    const givenUp = (): void => this.#onAnswer?.();
    signal.addEventListener('abort', givenUp, { once: true });
    for (;;) {
      // What begins with the end of a statement has begun by then.
      await new Promise((resolve) => setImmediate(resolve));
      if ((!this.#inTransaction && this.#underWay === 0) || signal.aborted) break;
      await new Promise<void>((resolve) => {
        this.#onAnswer = resolve;
      });
    }
    signal.removeEventListener('abort', givenUp);
  }
}

/** What was delivered. */
export interface Delivered {
  items: number;
  again: number;
}

/** One subscription that does what a session says; without one it delivers everything, once. */
export async function* scriptedSubscription(
  log: readonly StoredEvent[],
  { after, eventTypes, signal }: SubscribeOptions,
  {
    session,
    connection,
    delivered,
  }: {
    readonly session: DeliverySession | undefined;
    readonly connection: LosableConnection;
    readonly delivered: Delivered;
  },
): AsyncGenerator<SubscriptionItem> {
  const types = new Set(eventTypes);
  const first = log.findIndex(({ position }) => isAfter(position, after));
  const begin = first < 0 ? log.length : first;
  let newest = begin;
  let next = Math.max(0, begin - (session?.overlap ?? 0));
  const item = (stored: StoredEvent): SubscriptionItem =>
    types.has(stored.type)
      ? { kind: 'event', event: stored }
      : { kind: 'checkpoint', position: stored.position };
  const everything = { back: 0, take: log.length, copies: 1, look: true, settle: true };
  for (const { back, take, copies, look, settle } of session?.steps ?? [everything]) {
    next = Math.max(0, next - back);
    for (const stored of log.slice(next, next + back + take)) {
      for (let copy = 0; copy < copies; copy += 1) {
        if (signal.aborted) return;
        // Nothing is looked past twice: a checkpoint is a place, not an event.
        if (next < newest || copy > 0) delivered.again += 1;
        delivered.items += 1;
        yield item(stored);
      }
      next += 1;
    }
    newest = Math.max(newest, next);
    const last = log[next - 1];
    if (look && last) yield { kind: 'checkpoint', position: last.position };
    if (settle) await connection.idle(signal);
  }
  if (newest === log.length) yield { kind: 'caughtUp' };
}

const isAfter = (a: Position, b: Position | undefined): boolean => b === undefined || a.commit > b.commit;
