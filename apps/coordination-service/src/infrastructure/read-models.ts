import type { OnApplicationBootstrap } from '@nestjs/common';
import {
  openReadDatabase,
  watchCheckpoints,
  type CheckpointWatch,
  type ReadDatabase,
} from '@spil/read-model';
import type { Logger } from '../operations/logger.js';

/** Milliseconds that one query on the read models may take; below the budget of a request. */
const statementTimeoutMs = 2_000;

/** The read models, through a role that can only read. Connects on first use, and again whenever that failed. */
export class ReadModels implements OnApplicationBootstrap {
  #watch: CheckpointWatch | undefined;
  #database: Promise<ReadDatabase> | undefined;

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
  ) {}

  /** How far the read models are. */
  get watch(): CheckpointWatch {
    return this.#listen();
  }

  /** Listens from the start, so that the first query that waits need not wait for that. */
  onApplicationBootstrap(): void {
    this.#listen();
  }

  /** The database that every query function of `@spil/read-model` takes. */
  database(): Promise<ReadDatabase> {
    this.#database ??= this.#open();
    return this.#database;
  }

  async close(): Promise<void> {
    await this.#watch?.close();
    const opening = this.#database;
    this.#database = undefined;
    if (opening === undefined) return;
    const [opened] = await Promise.allSettled([opening]);
    if (opened.status === 'fulfilled') await opened.value.destroy();
  }

  #listen(): CheckpointWatch {
    this.#watch ??= watchCheckpoints(this.url, {
      onError: (cause) => this.logger.warn({ err: cause }, 'not listening to the read models; trying again'),
    });
    return this.#watch;
  }

  async #open(): Promise<ReadDatabase> {
    try {
      return await openReadDatabase(this.url, { statementTimeoutMs });
    } catch (cause) {
      this.#database = undefined;
      this.logger.warn({ err: cause }, 'the read models cannot be reached');
      throw cause;
    }
  }
}
