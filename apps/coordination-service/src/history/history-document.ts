import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import type { CaseEvent } from '@spil/domain';
import type { RecordedEvent } from '@spil/event-store';
import { asHtml, asPdf, languages, plainHistory, type Language } from '@spil/plain-language';
import { IsDefined } from 'class-validator';
import { enumOf } from '../api/enums.js';
import { sealedApart } from './sealed-apart.js';

export const LanguageEnum = enumOf(languages, 'Language', 'In which language a text is.');
export const DocumentFormatEnum = enumOf(['HTML', 'PDF'], 'DocumentFormat', 'How a document is laid out.');

@ArgsType()
export class HistoryDocumentArgs {
  @Field(() => LanguageEnum)
  @IsDefined()
  readonly language!: Language;

  @Field(() => DocumentFormatEnum)
  @IsDefined()
  readonly format!: 'HTML' | 'PDF';
}

@ObjectType({ description: 'A document to keep, print or hand over.' })
export class HistoryDocument {
  @Field(() => String)
  readonly fileName!: string;

  @Field(() => String)
  readonly mediaType!: string;

  @Field(() => String, { description: 'In base64.' })
  readonly content!: string;
}

/** Puts a history into a document. Personal texts stay sealed; what is told of them is that they are there. */
export async function historyDocument(
  recorded: readonly RecordedEvent<CaseEvent>[],
  wanted: {
    readonly caseId: string;
    readonly asOf: string | null;
    readonly language: Language;
    readonly format: 'HTML' | 'PDF';
  },
): Promise<HistoryDocument> {
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
  const content = format === 'HTML' ? Buffer.from(asHtml(history)) : await asPdf(history);
  return {
    fileName: `case-${caseId}-${language}.${format.toLowerCase()}`,
    mediaType: format === 'HTML' ? 'text/html; charset=utf-8' : 'application/pdf',
    content: content.toString('base64'),
  };
}
