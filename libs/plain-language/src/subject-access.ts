import type { CaseEvent } from '@spil/domain';
import { momentIn } from './moment.js';
import type { Page, Section } from './page.js';
import { personalField, stepWithText } from './personal-terms.js';
import { processingInformation, type ProcessingFacts } from './processing-information.js';
import { text, type Language } from './text.js';

/** A personal field as it may be told to the client. */
export interface ToldField {
  readonly occurredAt: string;
  readonly recordedIn: CaseEvent['type'];
  /** For example `facts.clientQuestion` or `client.name`. */
  readonly name: string;
  readonly text:
    | { readonly state: 'VALUE'; readonly value: string }
    | { readonly state: 'EMPTY' | 'ERASED' | 'DENIED'; readonly value: null };
}

/** What one organisation recorded of a client, in words of one language, ready to be laid out. */
export interface PlainSubjectAccess extends Page {
  readonly columns: readonly [string, string, string];
  readonly cases: readonly {
    readonly heading: string;
    /** Said in the place of rows where there are none. */
    readonly nothing: string | undefined;
    readonly rows: readonly { readonly what: string; readonly text: string; readonly when: string }[];
  }[];
  /** What must be told beside the data (AVG art. 15(1)). */
  readonly information: readonly Section[];
}

const words = {
  title: (organisation: string) =>
    text(`Wat ${organisation} over u heeft vastgelegd`, `What ${organisation} recorded about you`),
  made: (moment: string) => text(`Gemaakt op ${moment}.`, `Made on ${moment}.`),
  explained: text(
    'Hierin staan, per casus, alle persoonsgegevens en vrije teksten die deze organisatie over u vastlegde (AVG, artikel 15 en 20), en daarna waarvoor, hoe lang en wat u kunt vragen. Wat nooit is ingevuld, is weggelaten. Wat andere organisaties vastlegden, kunt u bij hen opvragen.',
    'It holds, case by case, all personal data and free text that this organisation recorded about you (GDPR, articles 15 and 20), and after that what for, for how long and what you can ask for. What was never filled in is left out. What other organisations recorded you can ask them for.',
  ),
  heading: (caseId: string) => text(`Casus ${caseId}`, `Case ${caseId}`),
  nothing: text('In deze casus is niets over u vastgelegd.', 'Nothing was recorded about you in this case.'),
  columns: [text('Wat', 'What'), text('Tekst', 'Text'), text('Wanneer', 'When')],
  erased: text(
    'Gewist: deze tekst was er, en niemand kan hem nog lezen.',
    'Erased: this text was there, and nobody can read it any more.',
  ),
  denied: text('Deze tekst wordt niet verstrekt.', 'This text is not disclosed.'),
} as const;

/** Puts what an organisation recorded of a client into words, for that client. Times are those of the Netherlands. */
export function plainSubjectAccess(
  cases: readonly { readonly caseId: string; readonly fields: readonly ToldField[] }[],
  options: {
    readonly organisation: string;
    readonly facts: ProcessingFacts;
    readonly language: Language;
    readonly madeAt: string;
  },
): PlainSubjectAccess {
  const { organisation, facts, language, madeAt } = options;
  const moment = momentIn(language);
  const told = ({ state, value }: ToldField['text']): string | undefined =>
    state === 'EMPTY' ? undefined : state === 'VALUE' ? value : words[state === 'ERASED' ? 'erased' : 'denied'][language]; // prettier-ignore
  const [what, said, when] = words.columns;
  return {
    language,
    title: words.title(organisation)[language],
    introduction: [words.made(moment(madeAt))[language], words.explained[language]],
    columns: [what[language], said[language], when[language]],
    cases: cases.map(({ caseId, fields }) => {
      const rows = fields.flatMap(({ occurredAt, recordedIn, name, text: field }) => {
        const line = told(field);
        return line === undefined
          ? []
          : [
              {
                what: personalField(name)[language],
                text: line,
                when: `${moment(occurredAt)}, ${stepWithText(recordedIn)[language]}`,
              },
            ];
      });
      return {
        heading: words.heading(caseId)[language],
        nothing: rows.length === 0 ? words.nothing[language] : undefined,
        rows,
      };
    }),
    information: processingInformation(facts, language),
  };
}
