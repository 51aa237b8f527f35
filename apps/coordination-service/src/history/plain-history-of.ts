import type { CaseEvent } from '@spil/domain';
import type { RecordedEvent } from '@spil/event-store';
import { plainHistory, type Language, type PlainHistory } from '@spil/plain-language';
import { sealedApart } from './sealed-apart.js';

/** Puts a history into words. Personal texts stay sealed; what is told of them is that they are there. */
export const plainHistoryOf = (
  recorded: readonly RecordedEvent<CaseEvent>[],
  wanted: { readonly caseId: string; readonly asOf: string | null; readonly language: Language },
): PlainHistory =>
  plainHistory(
    recorded.map(({ revision, event, metadata }) => ({
      revision,
      event,
      recordedAt: metadata.recordedAt,
      actor: metadata.actor,
      mandate: metadata.mandate,
      sealed: sealedApart(event).sealed,
    })),
    { ...wanted, madeAt: new Date().toISOString() },
  );
