import { buildSchema, parse } from 'graphql';
import { costProblem } from './cost.js';
import { limits } from './limits.js';

const schema = buildSchema(`
  type Query { cases(first: Int): Cases me: Me }
  type Cases { nodes: [Case!]! }
  type Case { a: Int b: Int timeline(first: Int): [Entry!]! flags: [Entry!]! }
  type Entry { c: Int }
  type Me { role: String }
  type Subscription { timeline: Entry }
`);
const problem = (source: string, variables?: Record<string, unknown>) =>
  costProblem(schema, parse(source), { variables })?.message;

describe('the cost of an operation', () => {
  it('is small for what people ask', () => {
    expect(problem('{ me { role } }')).toBeUndefined();
    expect(problem('{ cases(first: 50) { nodes { a b } } }')).toBeUndefined();
    expect(problem('subscription { timeline { c } }')).toBeUndefined();
  });

  it('counts every row of a page within a page, as many as are asked for', () => {
    const pages = (outer: number, inner: number) =>
      `{ cases(first: ${outer}) { nodes { timeline(first: ${inner}) { c } } } }`;
    expect(problem(pages(10, 10))).toBeUndefined();
    expect(problem(pages(100, 100))).toContain(`at most ${limits.cost} are allowed`);
  });

  it('counts a full page when the document does not say how many', () => {
    expect(problem('{ cases { nodes { timeline { c } } } }')).toContain('counted once per row');
  });

  it('counts what the variables say', () => {
    const document = 'query ($n: Int = 1) { cases(first: $n) { nodes { timeline(first: 50) { c } } } }';
    expect(problem(document)).toBeUndefined();
    expect(problem(document, { n: 100 })).toContain('counted once per row');
  });

  it('counts through fragments', () => {
    expect(
      problem('{ cases(first: 100) { ...F } } fragment F on Cases { nodes { timeline(first: 100) { c } } }'),
    ).toContain('counted once per row');
  });

  it('leaves wrong variables to whoever executes the operation', () => {
    expect(problem('query ($n: Int!) { cases(first: $n) { nodes { a } } }', { n: 'many' })).toBeUndefined();
  });
});
