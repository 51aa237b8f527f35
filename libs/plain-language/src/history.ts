import type { Actor, CaseEvent, Mandate } from '@spil/domain';
import { momentIn } from './moment.js';
import type { Page } from './page.js';
import { sentenceOf } from './sentences.js';
import { mandate } from './terms.js';
import { text, type Language } from './text.js';

/** An event to tell of. */
export interface ToldEvent {
  readonly revision: bigint;
  readonly event: CaseEvent;
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly mandate: Mandate;
  /** Paths of its personal fields, which are not told. */
  readonly sealed: readonly string[];
}

/** A case history in words of one language, ready to be laid out. */
export interface PlainHistory extends Page {
  readonly columns: readonly [string, string, string, string];
  readonly rows: readonly PlainRow[];
}

export interface PlainRow {
  readonly number: string;
  readonly occurred: string;
  readonly recorded: string;
  readonly sentence: string;
  readonly by: string;
  /** What is not shown; undefined when nothing is. */
  readonly withheld: string | undefined;
}

const words = {
  title: (caseId: string) => text(`Geschiedenis van casus ${caseId}`, `History of case ${caseId}`),
  asOf: (moment: string) => text(`Zoals vastgelegd tot en met ${moment}.`, `As recorded up to ${moment}.`),
  made: (moment: string) => text(`Gemaakt op ${moment}.`, `Made on ${moment}.`),
  explained: text(
    'Elke regel is één stap, in de volgorde waarin zij is vastgelegd. Niets is achteraf veranderd: een verbetering is een stap erbij. Mensen staan hier met hun kenmerk, niet met hun naam. Persoonlijke teksten staan hier niet in.',
    'Each row is one step, in the order in which it was recorded. Nothing was changed afterwards: a correction is a step of its own. People are here by their id, not by name. Personal texts are not in it.',
  ),
  columns: [
    text('Nr.', 'No.'),
    text('Gebeurd', 'Happened'),
    text('Wat', 'What'),
    text('Vastgelegd', 'Recorded'),
  ],
  process: (name: string) => text(`automatisch (${name})`, `automatic (${name})`),
  by: text('door', 'by'),
  under: text('grondslag', 'mandate'),
  withheld: (count: number) =>
    count === 1
      ? text('Er hoort één persoonlijke tekst bij.', 'One personal text belongs to it.')
      : text(`Er horen ${count} persoonlijke teksten bij.`, `${count} personal texts belong to it.`),
} as const;

/** Puts a case history into words. Times are those of the Netherlands. */
export function plainHistory(
  events: readonly ToldEvent[],
  options: {
    readonly caseId: string;
    readonly language: Language;
    readonly asOf: string | null;
    readonly madeAt: string;
  },
): PlainHistory {
  const { caseId, language, asOf, madeAt } = options;
  const moment = momentIn(language);
  const [number, happened, what, recorded] = words.columns;
  return {
    language,
    title: words.title(caseId)[language],
    introduction: [
      ...(asOf === null ? [] : [words.asOf(moment(asOf))[language]]),
      words.made(moment(madeAt))[language],
      words.explained[language],
    ],
    columns: [number[language], happened[language], what[language], recorded[language]],
    rows: events.map(({ revision, event, recordedAt, actor, mandate: under, sealed }) => ({
      number: String(revision + 1n),
      occurred: moment(event.occurredAt),
      recorded: moment(recordedAt),
      sentence: sentenceOf(event)[language],
      by: `${words.by[language]} ${
        actor.kind === 'SYSTEM' ? words.process(actor.process)[language] : actor.professionalId
      }, ${words.under[language]} ${mandate[under][language]}`,
      withheld: sealed.length === 0 ? undefined : words.withheld(sealed.length)[language],
    })),
  };
}
