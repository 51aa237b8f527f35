import type { CaseEvent } from '@spil/domain';
import type { RecordedEvent } from '@spil/event-store';
import { historyAsHtml, historyAsPdf } from '@spil/plain-language';
import { documentFile, type DocumentArgs, type DocumentFile } from '../api/document-file.js';
import { plainHistoryOf } from './plain-history-of.js';

/** Puts a history into a document. */
export function historyDocument(
  recorded: readonly RecordedEvent<CaseEvent>[],
  wanted: DocumentArgs & { readonly caseId: string; readonly asOf: string | null },
): Promise<DocumentFile> {
  const { caseId, language, format } = wanted;
  return documentFile(
    plainHistoryOf(recorded, wanted),
    { html: historyAsHtml, pdf: historyAsPdf },
    { name: `case-${caseId}`, language, format },
  );
}
