import PDFDocument from 'pdfkit';
import type { PlainHistory, PlainRow } from './history.js';

/** A history as a PDF of A4 pages, tagged so that it can be read out. */
export async function asPdf(history: PlainHistory): Promise<Buffer> {
  const { language, title, introduction } = history;
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 56,
    lang: language,
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: title, Creator: 'Spil', Producer: 'Spil' },
  });
  const chunks: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.once('end', () => resolve(Buffer.concat(chunks)));
    pdf.once('error', reject);
  });
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const write = (tag: 'H1' | 'P', font: string, size: number, line: string, gap = 0.5): void => {
    root.add(
      pdf.struct(tag, {}, () => {
        pdf.font(font).fontSize(size).text(line).moveDown(gap);
      }),
    );
  };
  write('H1', 'Helvetica-Bold', 15, title);
  for (const line of introduction) write('P', 'Helvetica', 10, line);
  for (const row of history.rows) writeRow(history, row, write);
  root.end();
  pdf.end();
  return finished;
}

function writeRow(
  { columns }: PlainHistory,
  { number, occurred, recorded, sentence, by, withheld }: PlainRow,
  write: (tag: 'P', font: string, size: number, line: string, gap?: number) => void,
): void {
  write('P', 'Helvetica-Bold', 10, `${number}. ${occurred}`, 0.1);
  write('P', 'Helvetica', 10, withheld === undefined ? sentence : `${sentence} ${withheld}`, 0.1);
  write('P', 'Helvetica', 8, `${columns[3]}: ${recorded}, ${by}`, 1);
}
