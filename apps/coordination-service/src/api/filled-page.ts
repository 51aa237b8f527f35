/**
 * A page of those rows that are kept: reads on from the last row looked at until there are enough, or no more.
 * @param rowsAfter so many rows after one that was looked at, or the first ones
 */
export async function filledPage<Row>(
  first: number,
  rowsAfter: (last: Row | undefined) => Promise<readonly Row[]>,
  kept: (rows: readonly Row[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const page: Row[] = [];
  let last: Row | undefined;
  while (page.length < first) {
    const rows = await rowsAfter(last);
    page.push(...(await kept(rows)));
    if (rows.length < first) break;
    last = rows.at(-1);
  }
  return page.slice(0, first);
}
