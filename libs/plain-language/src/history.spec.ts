import type { CaseEvent } from '@spil/domain';
import { historyAsHtml, historyAsPdf, languages, plainHistory, sentenceOf, toldEventTypes } from './index.js';
import { events, party } from './test-support/one-of-each.js';

const history = (language: (typeof languages)[number], told = events) =>
  plainHistory(
    told.map((event, at) => ({
      revision: BigInt(at),
      event,
      recordedAt: '2021-02-01T10:00:00.000Z',
      actor: at === 0 ? { kind: 'SYSTEM', process: 'deadlines' } : { kind: 'PROFESSIONAL', ...party },
      mandate: 'CASEWORK',
      sealed: at === 0 ? ['client', 'facts.clientQuestion'] : [],
    })),
    { caseId: 'case-1', language, asOf: '2021-03-31T22:00:00.000Z', madeAt: '2021-04-01T10:00:00.000Z' },
  );

describe('a case history in plain words', () => {
  it.each(toldEventTypes.map((type) => [type]))(
    'has a sentence in both languages for %s, without codes or personal text',
    (type) => {
      const event = events.find((one) => one.type === type);
      const { nl, en } = sentenceOf(event ?? ({} as CaseEvent));
      expect(nl).not.toBe(en);
      for (const sentence of [nl, en]) {
        expect(sentence).toMatch(/^[\p{Lu}\p{Ll}].*\.$/u);
        expect(sentence).not.toMatch(/undefined|\[object|Kanarie|[A-Z]{2,}_[A-Z]/);
      }
    },
  );

  it('says a sentence as people do', () => {
    const referred = events.find(({ type }) => type === 'CaseReferred') ?? ({} as CaseEvent);
    expect(sentenceOf(referred)).toEqual({
      nl: 'raadslied-1 (organisatie raadslieden) heeft de casus koud terugverwezen naar organisatie firm.',
      en: 'raadslied-1 (organisation raadslieden) referred the case back to organisation firm, cold.',
    });
  });

  it('tells when, by whom and on what ground, in Dutch time', () => {
    const [first, second] = history('nl').rows;
    expect(first).toMatchObject({
      number: '1',
      occurred: '1 februari 2021 om 10:30',
      recorded: '1 februari 2021 om 11:00',
      by: 'door automatisch (deadlines), grondslag hulpverlening',
      withheld: 'Er horen 2 persoonlijke teksten bij.',
    });
    expect(second).toMatchObject({ by: 'door raadslied-1, grondslag hulpverlening', withheld: undefined });
  });

  it('is a page that can be read out and needs nothing beside it', () => {
    for (const language of languages) {
      const html = historyAsHtml(history(language));
      expect(html).toContain(`<html lang="${language}">`);
      for (const part of [
        '<h1>',
        '<caption>',
        'scope="col"',
        'scope="row"',
        '@media print',
        "default-src 'none'",
      ])
        expect(html).toContain(part);
      expect(html).not.toMatch(/<script|https?:|src=|href=/);
      expect(html.match(/<tr>/g)).toHaveLength(events.length + 1);
    }
  });

  it('shows what somebody wrote into an id as text, and runs none of it', () => {
    const [opened] = events;
    const hostile = { ...opened, registrationCode: '<img src=x onerror=alert(1)>"&' } as CaseEvent;
    expect(historyAsHtml(history('nl', [hostile]))).toContain(
      '&lt;img src=x onerror=alert(1)&gt;&quot;&amp;',
    );
  });

  it('is a tagged PDF in its language', async () => {
    for (const language of languages) {
      const pdf = (await historyAsPdf(history(language))).toString('latin1');
      expect(pdf.startsWith('%PDF-1.7')).toBe(true);
      expect(pdf).toContain(`/Lang (${language})`);
      expect(pdf).toContain('/Marked true');
      expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
    }
  });
});
