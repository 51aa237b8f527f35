import type { Page, Section } from './page.js';

/** One HTML page that needs nothing beside it, can be read out, and prints on A4. */
export const htmlPage = ({ language, title, introduction }: Page, body: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #111; background: #fff; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 0.5rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; padding: 0.5rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.6rem; border-bottom: 1px solid #767676; overflow-wrap: anywhere; }
td p { margin: 0; }
.text { white-space: pre-line; }
.by { font-size: 0.9rem; color: #444; }
@page { size: A4; margin: 2cm; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10pt; } thead { display: table-header-group; } tr { break-inside: avoid; } }
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${introduction.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
${body}
</main>
</body>
</html>
`;

/** A table of rows that are HTML already. */
export const htmlTable = (
  caption: string,
  columns: readonly string[],
  rows: readonly string[],
): string => `<table>
<caption>${escaped(caption)}</caption>
<thead><tr>${columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;

/** A part that is read as running text. */
export const htmlSection = ({ heading, lines }: Section): string =>
  [`<h2>${escaped(heading)}</h2>`, ...lines.map((line) => `<p>${escaped(line)}</p>`)].join('\n');

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it may stand in HTML. */
export const escaped = (raw: string): string =>
  raw.replace(/[&<>"']/g, (character) => escapes[character] ?? '');
