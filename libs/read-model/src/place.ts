/** A cursor that this product did not issue. */
export class InvalidCursor extends Error {
  constructor() {
    super('the cursor is not one that a page of this list gave');
    this.name = 'InvalidCursor';
  }
}

/** Where a row stands in a list that is in the order of a moment and an id: a page goes on from there, also when the row is gone or elsewhere by then. */
export interface Place {
  readonly at: Date;
  /** UUID. */
  readonly id: string;
}

/** A place as an opaque text. @param mark tells the parts of a list apart, where it has several: one character */
export const cursorOf = ({ at, id }: Place, mark = ''): string =>
  Buffer.from(`${mark}|${at.toISOString()}|${id}`).toString('base64url');

const cursorShape =
  /^(?<mark>.?)\|(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\|(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Reads {@link cursorOf} back. @throws InvalidCursor also for a mark that the list does not have */
export function placeOf(cursor: string, marks: readonly string[] = ['']): Place & { readonly mark: string } {
  const found = cursorShape.exec(Buffer.from(cursor, 'base64url').toString());
  const { mark = '', at = '', id = '' } = found?.groups ?? {};
  if (!marks.includes(mark) || !isMoment(at)) throw new InvalidCursor();
  return { mark, at: new Date(at), id };
}

/** The 31st of February is none, though it can be parsed; the database knows no year 0. */
const isMoment = (text: string): boolean =>
  !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text && !text.startsWith('0000');
