import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import { languages, type Language } from '@spil/plain-language';
import { IsDefined } from 'class-validator';
import { enumOf } from './enums.js';

export const LanguageEnum = enumOf(languages, 'Language', 'In which language a text is.');
export const DocumentFormatEnum = enumOf(['HTML', 'PDF'], 'DocumentFormat', 'How a document is laid out.');

@ArgsType()
export class DocumentArgs {
  @Field(() => LanguageEnum)
  @IsDefined()
  readonly language!: Language;

  @Field(() => DocumentFormatEnum)
  @IsDefined()
  readonly format!: 'HTML' | 'PDF';
}

@ObjectType({ description: 'A document to keep, print or hand over.' })
export class DocumentFile {
  @Field(() => String)
  readonly fileName!: string;

  @Field(() => String)
  readonly mediaType!: string;

  @Field(() => String, { description: 'In base64.' })
  readonly content!: string;
}

/** Lays a document out as asked for. Its file is named after what it tells of and its language. */
export async function documentFile<Plain>(
  document: Plain,
  layout: {
    readonly html: (document: Plain) => string;
    readonly pdf: (document: Plain) => Promise<Buffer>;
  },
  { name, language, format }: DocumentArgs & { readonly name: string },
): Promise<DocumentFile> {
  const content = format === 'HTML' ? Buffer.from(layout.html(document)) : await layout.pdf(document);
  return {
    fileName: `${name}-${language}.${format.toLowerCase()}`,
    mediaType: format === 'HTML' ? 'text/html; charset=utf-8' : 'application/pdf',
    content: content.toString('base64'),
  };
}
