/** Rows in the order asked for, and whether there are more. */
export interface Page<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly hasNextPage: boolean;
}

/** A page by place: `after` is the cursor of the last row already seen. */
export interface PageRequest {
  /** From 1 on. */
  readonly first: number;
  readonly after?: string;
}

/** A cursor that this product did not issue. */
export class InvalidAuditCursor extends Error {
  constructor() {
    super('the cursor is not one that a page of this log gave');
    this.name = 'InvalidAuditCursor';
  }
}

/** Cuts off the row more that was read to know whether there is one. */
export const pageOf = <Node>(
  rows: readonly Node[],
  first: number,
  cursorOf: (row: Node) => string,
): Page<Node> => ({
  edges: rows.slice(0, first).map((node) => ({ cursor: cursorOf(node), node })),
  hasNextPage: rows.length > first,
});
