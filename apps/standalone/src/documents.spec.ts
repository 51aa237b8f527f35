import { readFile } from 'node:fs/promises';
import { buildSchema, parse, validate } from 'graphql';
import { costProblem } from '../../coordination-service/src/api/cost.js';
import { parseTrustedDocuments } from '../../coordination-service/src/api/documents.js';
import { documents, manifestText } from './documents.js';

describe('the list of trusted documents', () => {
  it('is what the code sends; run `npm run documents` when it is not', async () => {
    const committed = await readFile('apps/coordination-service/trusted-documents.json', 'utf8');
    expect(committed).toBe(manifestText(documents));
  });

  it('is one that a service takes', () => {
    const { documents: read, problems } = parseTrustedDocuments(manifestText(documents));
    expect(problems).toEqual([]);
    expect([...read.values()].sort()).toEqual([...documents].sort());
  });

  it('holds nothing that the schema does not answer, and nothing that costs too much', async () => {
    const schema = buildSchema(await readFile('apps/coordination-service/schema.graphql', 'utf8'));
    for (const text of documents) {
      const document = parse(text);
      expect([text, validate(schema, document)]).toEqual([text, []]);
      expect([text, costProblem(schema, document, {})]).toEqual([text, undefined]);
    }
  });
});
