import { Injectable } from '@nestjs/common';
import type { Disclosure, PersonalSource } from '@spil/audit';
import {
  BrokenSeal,
  envelopeOf,
  KeyStore,
  Sealer,
  type JsonObject,
  type JsonValue,
  type Unsealed,
} from '@spil/event-store';
import { isErased, type SealedField, type SealedValue } from '@spil/read-model';
import DataLoader from 'dataloader';
import { oncePerRequest, type RequestContext } from '../api/request-context.js';
import { AccessLog } from './access-log.js';

/**
 * Where a personal field comes from. Who is the controller of a client's data is not said here: each organisation is of what it
 * recorded, and the key that a value is sealed under tells which one that is.
 */
export interface FieldSource extends Omit<PersonalSource, 'controllerId'> {
  /** Of a professional's details: the organisation that employs them. */
  readonly employerId?: string;
}

/** A personal field on its way to an answer: ciphertext, and whether the asker may see it in the clear. */
export interface PersonalField {
  readonly sealed: SealedField | null;
  readonly allowed: boolean;
  /** Where the sealed value is an object: which of its fields. */
  readonly key: string | null;
  readonly source: FieldSource;
}

/** Makes fields for one asker and one case. */
export type Personal = (sealed: SealedField | null | undefined, key?: string) => PersonalField;

/** Fields of one person for one asker. What is shown of them is written down as coming from this source. */
export const personalFor =
  (allowed: boolean, source: FieldSource): Personal =>
  (sealed, key) => ({ sealed: sealed ?? null, allowed, key: key ?? null, source });

/** Where the client's data of a case come from. */
export const clientOf = (
  action: string,
  { caseId, clientId }: Readonly<Record<'caseId' | 'clientId', string>>,
): FieldSource => ({ action, subject: { kind: 'CLIENT', id: clientId }, caseId });

/** What became of a personal field. */
export type Opened =
  | { readonly state: 'VALUE'; readonly value: string }
  | { readonly state: 'EMPTY' | 'ERASED' | 'DENIED'; readonly value: null };

type Shown = PersonalField & { readonly sealed: SealedValue };

const loaderKey = Symbol('personal data of this request');

/**
 * The only way in which personal data leave the service: opens the sealed fields of one request together, and gives none of them
 * away before the access log holds a row of it.
 */
@Injectable()
export class PersonalData {
  private readonly sealer: Sealer;

  constructor(
    keys: KeyStore,
    private readonly log: AccessLog,
  ) {
    this.sealer = new Sealer(keys);
  }

  /** @throws KeyStoreUnavailable; ApiError `UNAVAILABLE` when the access log is away */
  async open(context: RequestContext, field: PersonalField): Promise<Opened> {
    if (!field.allowed) return { state: 'DENIED', value: null };
    if (field.sealed !== null && isErased(field.sealed)) return erased;
    return isFilledIn(field) ? this.loader(context).load(field) : empty;
  }

  /** The same field asked for twice, for its state and its value, is opened and written down once. */
  private loader(context: RequestContext): DataLoader<Shown, Opened> {
    return oncePerRequest(
      context,
      loaderKey,
      () => new DataLoader<Shown, Opened>((fields) => this.openAll(context, fields), { maxBatchSize: 500 }),
    );
  }

  private async openAll(context: RequestContext, fields: readonly Shown[]): Promise<(Opened | Error)[]> {
    const startedAt = new Date();
    const sealed = [...new Set(fields.map((field) => field.sealed))];
    const unsealed = await this.unsealAll(sealed);
    const values = new Map(sealed.map((one, at) => [one, unsealed[at]]));
    const opened = fields.map((field) => openedOf(values.get(field.sealed), field.key));
    const disclosures = disclosuresOf(
      fields.filter((_, at) => isShown(opened[at])),
      values,
    );
    if (disclosures.length > 0) await this.log.record(context, startedAt, disclosures);
    return opened;
  }

  /** One broken seal must not hide the other fields. */
  private async unsealAll(fields: readonly SealedValue[]): Promise<(Unsealed | Error)[]> {
    try {
      return await this.sealer.unsealMany(fields);
    } catch (cause) {
      if (!(cause instanceof BrokenSeal)) throw cause;
      return Promise.all(
        fields.map((field) =>
          this.sealer.unseal(field.sealed, field).catch((one: unknown) => {
            if (one instanceof BrokenSeal) return one;
            throw one;
          }),
        ),
      );
    }
  }
}

const empty: Opened = { state: 'EMPTY', value: null };
const erased: Opened = { state: 'ERASED', value: null };

const isFilledIn = (field: PersonalField): field is Shown => field.sealed !== null && !isErased(field.sealed);

function openedOf(unsealed: Unsealed | Error | undefined, key: string | null): Opened | Error {
  if (unsealed === undefined) return new Error('a sealed field was not opened');
  if (unsealed instanceof Error) return unsealed;
  if (unsealed.status === 'ERASED') return erased;
  const text = textOf(unsealed.value, key);
  return text === null ? empty : { state: 'VALUE', value: text };
}

const isShown = (opened: Opened | Error | undefined): boolean =>
  opened !== undefined && !(opened instanceof Error) && opened.state === 'VALUE';

/** One row per person, case and controller. */
function disclosuresOf(
  fields: readonly Shown[],
  values: ReadonlyMap<SealedValue, Unsealed | Error | undefined>,
): Disclosure[] {
  const bySource = new Map<string, { source: PersonalSource; paths: Set<string> }>();
  for (const {
    sealed,
    key,
    source: { employerId, ...from },
  } of fields) {
    const source = { ...from, controllerId: controllerOf(values.get(sealed), employerId) };
    const name = JSON.stringify([source.action, source.subject.id, source.caseId, source.controllerId]);
    const known = bySource.get(name) ?? { source, paths: new Set<string>() };
    const { t: type, f: path } = envelopeOf(sealed.sealed);
    known.paths.add([type, path, ...(key === null ? [] : [key])].join('.'));
    bySource.set(name, known);
  }
  return [...bySource.values()].map(({ source, paths }) => ({ source, fields: [...paths] }));
}

function controllerOf(unsealed: Unsealed | Error | undefined, employerId: string | undefined): string {
  const subject = unsealed !== undefined && 'subject' in unsealed ? unsealed.subject : undefined;
  const controllerId = subject?.kind === 'CASE' ? subject.organisationId : employerId;
  if (controllerId === undefined)
    throw new Error('of a personal field it is not known who is its controller');
  return controllerId;
}

/** A text; one field of what was sealed as an object; or all of an object or list, one a line. */
export function textOf(value: JsonValue | undefined, key: string | null): string | null {
  if (key !== null) return isObject(value) && Object.hasOwn(value, key) ? textOf(value[key], null) : null;
  if (value === null || value === undefined || value === '') return null;
  if (isList(value)) return linesOf(value.map((line) => textOf(line, null)));
  if (!isObject(value)) return String(value);
  return linesOf(
    Object.entries(value).map(([name, field]) => {
      const text = textOf(field, null);
      return text === null ? null : `${name}: ${text}`;
    }),
  );
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);

const linesOf = (lines: readonly (string | null)[]): string | null =>
  lines.filter((line) => line !== null).join('\n') || null;
