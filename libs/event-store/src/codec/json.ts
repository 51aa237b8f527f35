import { createRequire } from 'node:module';

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type JsonObject = Readonly<Record<string, JsonValue>>;

// The package's types declare an ES default export, but the module is CommonJS: its export is the function itself.
const canonicalize = createRequire(import.meta.url)('canonicalize') as (value: JsonValue) => string;

/** RFC 8785: the same value is the same text, whatever the order in which it was built. */
export const canonicalJson = (value: JsonValue): string => canonicalize(value);

const loneSurrogate = /\p{Surrogate}/u;

/** Answers what stands in the place of an object, or undefined to walk into it. `path` is dotted, for example `facts.clientQuestion`. */
export type Replace = (value: object, path: string) => JsonValue | undefined;

/**
 * Copies a value into plain JSON and replaces objects on the way. Absent (undefined) properties are left out.
 * @throws TypeError on anything that JSON cannot hold exactly, lone surrogates included; the message names the path, never the value.
 */
export function toJson(value: unknown, replace: Replace = () => undefined, path = ''): JsonValue {
  switch (typeof value) {
    case 'string':
      if (loneSurrogate.test(value)) throw new TypeError(`text with a lone surrogate at '${path}'`);
      return value;
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`a number that JSON cannot hold at '${path}'`);
      // JSON has no negative zero: it is written, and read back, as zero.
      return value === 0 ? 0 : value;
    case 'object': {
      if (value === null) return null;
      const replaced = replace(value, path);
      return replaced === undefined ? plainObject(value, replace, path) : replaced;
    }
    default:
      throw new TypeError(`a ${typeof value} at '${path}' is not JSON`);
  }
}

function plainObject(value: object, replace: Replace, path: string): JsonValue {
  const prefix = path === '' ? '' : `${path}.`;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => toJson(item, replace, `${prefix}${index}`));
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map || value instanceof Set || ArrayBuffer.isView(value) || 'toJSON' in value) {
    throw new TypeError(`a ${value.constructor.name} at '${path}' is not JSON`);
  }
  const copy: Record<string, JsonValue> = {};
  for (const [key, item] of Object.entries(value) as [string, unknown][])
    if (item !== undefined) copy[key] = toJson(item, replace, `${prefix}${key}`);
  return copy;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
