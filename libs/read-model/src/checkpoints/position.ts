/** A place in the log of all streams; order follows `commit`, then `prepare`. */
export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Whether `position` lies at or before `reached`. */
export const isReached = (position: LogPosition, reached: LogPosition): boolean =>
  position.commit < reached.commit ||
  (position.commit === reached.commit && position.prepare <= reached.prepare);

/** The text of a position in a notification, for example `1234/1234`. */
export const positionText = ({ commit, prepare }: LogPosition): string => `${commit}/${prepare}`;

/** @throws SyntaxError when the text is no position */
export function parsePosition(text: string): LogPosition {
  const [commit, prepare] = text.split('/');
  return { commit: BigInt(commit ?? ''), prepare: BigInt(prepare ?? '') };
}
