import { Inject, Injectable } from '@nestjs/common';
import type { EventStore } from '@spil/event-store';
import { checkpoints, isReached, type LogPosition, type ProjectionName } from '@spil/read-model';
import { ApiError, badUserInput } from '../api/errors.js';
import type { Asking } from '../auth/current-asker.js';
import { CaseGate } from '../cases/case-gate.js';
import { ReadModels } from '../infrastructure/read-models.js';
import { EVENT_STORE } from '../infrastructure/tokens.js';
import type { AtLeastInput } from './at-least.input.js';

/** Milliseconds that a query waits to be as fresh as it was asked to be. */
export const freshnessWaitMs = 2_000;

/** Makes a query wait until the read models that it reads are fresh enough, or say that they are not. */
@Injectable()
export class Freshness {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly readModels: ReadModels,
    private readonly gate: CaseGate,
  ) {}

  /** @throws ApiError `NOT_YET_VISIBLE` after {@link freshnessWaitMs}; what Postgres throws when it is away */
  async wait(
    atLeast: AtLeastInput | null | undefined,
    asking: Asking,
    projections: readonly ProjectionName[],
  ): Promise<void> {
    const position = atLeast == null ? undefined : await this.positionOf(atLeast, asking);
    if (position === undefined) return;
    const result = await this.readModels.watch.waitForPosition({
      projections,
      position,
      timeoutMs: freshnessWaitMs,
    });
    if (result.kind === 'timedOut') await this.lookOnce(position, projections);
  }

  private async positionOf(atLeast: AtLeastInput, asking: Asking): Promise<LogPosition | undefined> {
    const { position, caseId, revision } = atLeast;
    if (position != null && caseId == null && revision == null)
      return { commit: position, prepare: position };
    if (position != null || caseId == null || revision == null)
      throw badUserInput([
        { field: 'atLeast', message: 'give either `position`, or `caseId` and `revision`' },
      ]);
    // A case that the asker may not see has nothing to wait for, like one that does not exist.
    const seen =
      (await this.gate.look(asking, 'SEE_CASE', caseId)) ??
      (await this.gate.look(asking, 'SEE_HISTORY', caseId));
    if (seen === undefined) return undefined;
    if (seen.revision < revision) throw notYetVisible([]);
    for await (const event of this.store.readStream(`case-${caseId}`, { from: revision, maxCount: 1 }))
      return event.position;
    throw notYetVisible([]);
  }

  /** The notifications may be what lags, or the database is away: then this says so. */
  private async lookOnce(position: LogPosition, projections: readonly ProjectionName[]): Promise<void> {
    const known = await checkpoints(await this.readModels.database());
    const behind = projections.filter((name) => {
      const reached = known.find(({ projection }) => projection === name)?.position;
      return reached === undefined || !isReached(position, reached);
    });
    if (behind.length > 0) throw notYetVisible(behind);
  }
}

const notYetVisible = (behind: readonly ProjectionName[]): ApiError =>
  new ApiError(
    'NOT_YET_VISIBLE',
    `The answer is not as fresh as \`atLeast\` asks, after waiting ${freshnessWaitMs / 1000} seconds. Ask again shortly, or without \`atLeast\`.`,
    { behind },
  );
