import {
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  type BreakingChange,
  type DangerousChange,
} from 'graphql';

/** How the committed schema and the one in the code differ, in lines for people; empty when they are the same. */
export function schemaDrift(committed: string, current: string): string[] {
  if (committed === current) return [];
  const [before, after] = [buildSchema(committed), buildSchema(current)];
  const say = (kind: string, changes: readonly (BreakingChange | DangerousChange)[]) =>
    changes.map(({ description }) => `${kind}: ${description}`);
  return [
    ...say('breaks clients', findBreakingChanges(before, after)),
    ...say('may surprise clients', findDangerousChanges(before, after)),
    ...changedLines(committed, current),
  ];
}

function changedLines(committed: string, current: string): string[] {
  const before = new Set(committed.split('\n'));
  const after = new Set(current.split('\n'));
  return [
    ...[...before].filter((line) => !after.has(line)).map((line) => `- ${line.trim()}`),
    ...[...after].filter((line) => !before.has(line)).map((line) => `+ ${line.trim()}`),
    'the order or repetition of lines may differ as well',
  ];
}
