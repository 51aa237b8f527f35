import type { CaseEvent } from '@spil/domain';
import type { RecordedEvent } from '@spil/event-store';
import { historyAsHtml, historyAsPdf, type Language } from '@spil/plain-language';
import { plainHistoryOf } from '../../coordination-service/src/history/plain-history-of.js';
import { exitCodes, UsageError, type Answer } from './answer.js';
import { caseStream, checkCaseAt } from './case-stream.js';
import { withClock } from './progress-bar.js';
import { withEventStore, type Spil } from './spil.js';
import { writeWhole } from './write-whole.js';

/** In which words, as it stood when, and where it goes. */
export interface RenderOptions {
  readonly language: Language;
  readonly asOf?: string;
  /** Its name says the format. */
  readonly out: string;
}

const formats = ['html', 'pdf'] as const;
type Format = (typeof formats)[number];

/** @throws UsageError unless these name a case, a moment and a format */
export function checkRender(caseId: string, { asOf, out }: RenderOptions): void {
  checkCaseAt(caseId, asOf);
  formatOf(out);
}

/** Writes the history of a case in plain words, as a page or a PDF. Personal texts stay sealed; it says how many there are. */
export async function render(spil: Spil, caseId: string, options: RenderOptions): Promise<Answer> {
  const { language, asOf, out } = options;
  const format = formatOf(out);
  const events = await withClock(`reading case ${caseId}`, () =>
    withEventStore(spil, (log) => knownEvents(caseStream(log, caseId, asOf))),
  );
  const common = { caseId, asOf: asOf ?? null, language, format, events: events.length };
  if (events.length === 0)
    return {
      exit: exitCodes.failed,
      json: { ...common, file: null },
      text: `case ${caseId} has no events${asOf === undefined ? '' : ` as of ${asOf}`}; nothing was written`,
    };
  const history = plainHistoryOf(events, { caseId, language, asOf: asOf ?? null });
  const content =
    format === 'html'
      ? historyAsHtml(history)
      : await withClock(`writing ${out}`, () => historyAsPdf(history));
  await writeWhole(out, content, 0o600);
  return {
    exit: exitCodes.ok,
    json: { ...common, file: out },
    text: `${out} tells the ${events.length} steps of case ${caseId}; personal texts are not in it.`,
  };
}

/** @throws UsageError */
function formatOf(out: string): Format {
  const format = formats.find((one) => out.toLowerCase().endsWith(`.${one}`));
  if (format === undefined) throw new UsageError(`'${out}' is neither a .html nor a .pdf`);
  return format;
}

/** Half a history is not told. @throws Error at an event that this release does not know */
async function knownEvents(stream: ReturnType<typeof caseStream>): Promise<RecordedEvent<CaseEvent>[]> {
  const events: RecordedEvent<CaseEvent>[] = [];
  for await (const { stored, recorded } of stream) {
    if (recorded === undefined)
      throw new Error(
        `this release has no words for ${stored.type} at revision ${stored.revision}: render with a newer one, or see it with spil replay`,
      );
    events.push(recorded);
  }
  return events;
}
