import { parse } from 'graphql';
import { eventually } from '../../../../test/support/eventually.js';
import { documentMemory, documentStore } from './document-memory.js';

const text = '{ case(id: "Fictieve Cliënt") { id } }';

describe('a document that somebody wrote personal data into', () => {
  it('is forgotten after its time, also when nobody sends it or another one again', async () => {
    const memory = documentMemory<true>(50);
    memory.set(text, true);
    expect(memory.get(text)).toBe(true);
    await eventually(() => {
      expect(memory.size).toBe(0);
      return Promise.resolve();
    });
  });

  it('is forgotten by Apollo as well', async () => {
    const store = documentStore(50);
    await store.set('hash', parse(text));
    expect(await store.get('hash')).toBeDefined();
    await eventually(async () => expect(await store.get('hash')).toBeUndefined());
  });

  it('is not remembered beside more than memory can hold', () => {
    const memory = documentMemory<true>();
    for (let one = 0; one < 2_000; one += 1) memory.set(`${text}#${one}`.padEnd(20_000), true);
    expect(memory.size).toBeLessThanOrEqual(500);
    expect(memory.ttl).toBeLessThanOrEqual(60_000);
  });
});
