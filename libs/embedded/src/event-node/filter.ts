import { RE2JS } from 're2js';

/** Which events a reader of `$all` wants: by stream name or by event type. */
export interface EventFilter {
  on: 'stream' | 'type';
  /** Wanted beginnings; any of them will do. Empty when `matchesName` comes from a regular expression. */
  prefixes: string[];
  /** Whether an event with this stream name (or type) is wanted. */
  matchesName(name: string): boolean;
}

/** A filter for names that start with one of `prefixes`. */
export function prefixFilter(on: EventFilter['on'], prefixes: string[]): EventFilter {
  return { on, prefixes, matchesName: (name) => prefixes.some((prefix) => name.startsWith(prefix)) };
}

/**
 * A filter for names in which `pattern` is found. RE2 matches in linear time, so that no pattern can occupy the node.
 * @throws RE2JSSyntaxException for a pattern that is wrong or needs backtracking (look-around, back-references)
 */
export function regexFilter(on: EventFilter['on'], pattern: string): EventFilter {
  const compiled = RE2JS.compile(pattern);
  return { on, prefixes: [], matchesName: (name) => compiled.matcher(name).find() };
}
