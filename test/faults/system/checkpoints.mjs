import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseAway } from '../../../dist/libs/postgres/src/index.js';

const LOOK_MS = 200;

/** Watches how far the read models are, all through the faults. */
export class CheckpointWatch {
  /** How often it saw any. */
  looks = 0;
  /** Checkpoints that went back, as text. */
  wentBack = [];
  #highest = new Map();
  #watching = true;

  constructor(spil) {
    this.spil = spil;
  }

  async run() {
    while (this.#watching) {
      try {
        await this.#follow();
      } catch (error) {
        // The database is away now and then: that is the point.
        if (!isDatabaseAway(error)) throw error;
        await pause(LOOK_MS);
      }
    }
  }

  stop() {
    this.#watching = false;
  }

  async #follow() {
    const client = new pg.Client({
      connectionString: await this.spil.database('spil_read'),
      connectionTimeoutMillis: 2_000,
      query_timeout: 2_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      for (; this.#watching; await pause(LOOK_MS)) await this.#look(client);
    } finally {
      // Not waited for: a frozen database answers neither.
      client.end().catch(() => undefined);
    }
  }

  async #look(client) {
    const { rows } = await client.query(
      'SELECT projection, generation, commit_position AS position FROM projection.generation WHERE live',
    );
    if (rows.length > 0) this.looks += 1;
    for (const { projection, generation, position } of rows) {
      const name = `${projection} ${generation}`;
      const before = this.#highest.get(name) ?? -1n;
      if (BigInt(position) < before) this.wentBack.push(`${name}: from ${before} to ${position}`);
      this.#highest.set(name, BigInt(position));
    }
  }
}
