import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ErasureExecution } from '@spil/commands';
import { professionalsToErase, unfinishedErasures } from '@spil/read-model';
import { ReadModels } from '../infrastructure/read-models.js';
import { LOGGER, type Logger } from '../operations/logger.js';

/** Milliseconds between looks for erasures that were ordered and are not done. */
const lookEveryMs = 10_000;

/**
 * Sees to it that what was ordered erased is erased: at once, and again from where it stopped, here or in another process of the
 * service. Processes that do the same work at the same time end at the same certificate.
 */
@Injectable()
export class ErasureRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #underWay = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly execution: ErasureExecution,
    private readonly readModels: ReadModels,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const look = (): void => {
      this.#looking = this.look();
    };
    look();
    this.#timer = setInterval(look, lookEveryMs);
    this.#timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
    await Promise.all(this.#underWay.values());
  }

  /** Starts, or leaves alone what is under way. What fails is tried again at the next look. */
  begin(erasureId: string): void {
    this.#begin(`erasure-${erasureId}`, () => this.execution.carryOut(erasureId));
  }

  /** The same for the name and contact details of a professional. */
  beginProfessional(professionalId: string): void {
    this.#begin(`professional-${professionalId}`, () =>
      this.execution.carryOutForProfessional(professionalId),
    );
  }

  #begin(name: string, carryOut: () => Promise<boolean>): void {
    if (this.#underWay.has(name)) return;
    const work = carryOut()
      .then(
        () => undefined,
        (cause: unknown) => this.logger.warn({ err: cause }, 'an erasure is not done yet; trying again'),
      )
      .finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, work);
  }

  private async look(): Promise<void> {
    try {
      const database = await this.readModels.database();
      for (const erasureId of await unfinishedErasures(database)) this.begin(erasureId);
      for (const professionalId of await professionalsToErase(database))
        this.beginProfessional(professionalId);
    } catch (cause) {
      this.logger.warn({ err: cause }, 'cannot look for unfinished erasures; looking again');
    }
  }
}
