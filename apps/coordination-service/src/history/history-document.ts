import type { CaseEvent } from '@spil/domain';
import type { RecordedEvent } from '@spil/event-store';
import { historyAsHtml, historyAsPdf, plainHistory } from '@spil/plain-language';
import { documentFile, type DocumentArgs, type DocumentFile } from '../api/document-file.js';
import { sealedApart } from './sealed-apart.js';

/** Puts a history into a document. Personal texts stay sealed; what is told of them is that they are there. */
export function historyDocument(
  recorded: readonly RecordedEvent<CaseEvent>[],
  wanted: DocumentArgs & { readonly caseId: string; readonly asOf: string | null },
): Promise<DocumentFile> {
  const { caseId, asOf, language, format } = wanted;
  const history = plainHistory(
    recorded.map(({ revision, event, metadata }) => ({
      revision,
      event,
      recordedAt: metadata.recordedAt,
      actor: metadata.actor,
      mandate: metadata.mandate,
      sealed: sealedApart(event).sealed,
    })),
    { caseId, language, asOf, madeAt: new Date().toISOString() },
  );
  return documentFile(
    history,
    { html: historyAsHtml, pdf: historyAsPdf },
    { name: `case-${caseId}`, language, format },
  );
}
