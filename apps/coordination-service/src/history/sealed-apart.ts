import type { CaseEvent } from '@spil/domain';
import { isEnvelope } from '@spil/event-store';

/** An event's own fields in the clear, and the paths of those that are sealed. */
export interface ClearFacts {
  readonly facts: Readonly<Record<string, unknown>>;
  /** Dotted, for example `facts.clientQuestion`. */
  readonly sealed: readonly string[];
}

/** Sets the sealed fields of an event apart: nobody reads them in a history. */
export function sealedApart({ type: _type, ...fields }: CaseEvent): ClearFacts {
  const sealed: string[] = [];
  const clear = (value: unknown, path: string): unknown => {
    if (isEnvelope(value)) {
      sealed.push(path);
      return undefined;
    }
    if (Array.isArray(value)) return value.map((item, index) => clear(item, `${path}.${index}`));
    return typeof value === 'object' && value !== null ? clearFields(value, `${path}.`) : value;
  };
  const clearFields = (object: object, path: string): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(object)
        .map(([name, value]): [string, unknown] => [name, clear(value, `${path}${name}`)])
        .filter(([, value]) => value !== undefined),
    );
  return { facts: clearFields(fields, ''), sealed };
}
