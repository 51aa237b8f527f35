import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Page } from './page.js';

/** Writes one tagged line or paragraph; `gap` is the space below it, in lines. */
export type Write = (
  tag: 'H1' | 'H2' | 'P',
  weight: 'plain' | 'bold',
  size: number,
  text: string,
  gap?: number,
) => void;

// The fonts that every PDF reader has cannot write names such as Gülşen or Łukasz; these are embedded.
const { resolve } = createRequire(import.meta.url);
const fonts = {
  plain: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
} as const;

/** A PDF of A4 pages, tagged so that it can be read out. */
export async function pdfPages(
  { language, title, introduction }: Page,
  fill: (write: Write) => void,
): Promise<Buffer> {
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
  const finished = new Promise<Buffer>((done, failed) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.once('end', () => done(Buffer.concat(chunks)));
    pdf.once('error', failed);
  });
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const write: Write = (tag, weight, size, text, gap = 0.5) => {
    root.add(
      pdf.struct(tag, {}, () => {
        pdf.font(fonts[weight]).fontSize(size).text(text).moveDown(gap);
      }),
    );
  };
  write('H1', 'bold', 15, title);
  for (const line of introduction) write('P', 'plain', 10, line);
  fill(write);
  root.end();
  pdf.end();
  return finished;
}
