import { escaped, htmlPage, htmlSection, htmlTable } from './html.js';
import { pdfPages } from './pdf.js';
import type { PlainSubjectAccess } from './subject-access.js';

/** A client's own data as one HTML page: a table per case, then what must be told beside them. */
export const subjectAccessAsHtml = (answer: PlainSubjectAccess): string =>
  htmlPage(answer, [tables(answer), ...answer.information.map(htmlSection)].join('\n'));

const tables = (answer: PlainSubjectAccess): string =>
  answer.cases
    .map(({ heading, nothing, rows }) =>
      nothing === undefined
        ? htmlTable(
            heading,
            answer.columns,
            rows.map(
              ({ what, text, when }) =>
                `<tr><th scope="row">${escaped(what)}</th><td class="text" dir="auto">${escaped(text)}</td><td>${escaped(when)}</td></tr>`,
            ),
          )
        : `<h2>${escaped(heading)}</h2>\n<p>${escaped(nothing)}</p>`,
    )
    .join('\n');

/** A client's own data as a tagged PDF. */
export const subjectAccessAsPdf = (answer: PlainSubjectAccess): Promise<Buffer> =>
  pdfPages(answer, (write) => {
    for (const { heading, nothing, rows } of answer.cases) {
      write('H2', 'bold', 12, heading);
      if (nothing !== undefined) write('P', 'plain', 10, nothing);
      for (const { what, text, when } of rows) {
        write('P', 'bold', 10, what, 0.1);
        write('P', 'plain', 10, text, 0.1);
        write('P', 'plain', 8, `${answer.columns[2]}: ${when}`, 1);
      }
    }
    for (const { heading, lines } of answer.information) {
      write('H2', 'bold', 12, heading);
      for (const line of lines) write('P', 'plain', 10, line);
    }
  });
