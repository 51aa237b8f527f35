import type { PlainHistory } from './history.js';
import { escaped, htmlPage, htmlTable } from './html.js';
import { pdfPages } from './pdf.js';

/** A history as one HTML page. */
export const historyAsHtml = (history: PlainHistory): string =>
  htmlPage(
    history,
    htmlTable(
      history.title,
      history.columns,
      history.rows.map(
        ({ number, occurred, recorded, sentence, by, withheld }) =>
          `<tr><th scope="row">${number}</th><td>${escaped(occurred)}</td><td><p>${escaped(sentence)}</p>${
            withheld === undefined ? '' : `<p>${escaped(withheld)}</p>`
          }<p class="by">${escaped(by)}</p></td><td>${escaped(recorded)}</td></tr>`,
      ),
    ),
  );

/** A history as a tagged PDF. */
export const historyAsPdf = (history: PlainHistory): Promise<Buffer> =>
  pdfPages(history, (write) => {
    for (const { number, occurred, recorded, sentence, by, withheld } of history.rows) {
      write('P', 'bold', 10, `${number}. ${occurred}`, 0.1);
      write('P', 'plain', 10, withheld === undefined ? sentence : `${sentence} ${withheld}`, 0.1);
      write('P', 'plain', 8, `${history.columns[3]}: ${recorded}, ${by}`, 1);
    }
  });
