import { parse } from 'graphql';
import fc from 'fast-check';
import { workSince } from '../../../../test/support/work-done.js';
import { checkLimits, limits, parseWithinLimits } from './limits.js';

const refusal = (source: string): string => {
  try {
    checkLimits(parse(source));
    return 'PASSED';
  } catch (refused) {
    return (refused as Error).message;
  }
};
const nested = (depth: number) => `${'{a'.repeat(depth)}${'}'.repeat(depth)}`;

describe('the limits of a document', () => {
  it('let an ordinary document through', () => {
    expect(refusal('query Q { me { role } }')).toBe('PASSED');
  });

  it('end nesting', () => {
    expect(refusal(nested(limits.depth))).toBe('PASSED');
    expect(refusal(nested(limits.depth + 1))).toContain('levels of nested fields');
  });

  it('see nesting through fragments, named and inline', () => {
    const half = limits.depth / 2;
    const tail = `fragment F on T ${nested(half + 1)}`;
    expect(refusal(`${nested(half).replace('{a}', '{a {...F}}')} ${tail}`)).toContain(
      'levels of nested fields',
    );
    expect(
      refusal(
        nested(limits.depth + 1)
          .replaceAll('{a{', '{a{...{')
          .replaceAll('}}', '}}'),
      ),
    ).not.toBe('PASSED');
  });

  it('do not count the levels of the schema describing itself', () => {
    expect(refusal(`{ __schema ${nested(limits.depth + 3)} }`)).toBe('PASSED');
  });

  it('end aliases and fields at the top', () => {
    const aliased = (count: number) =>
      `{ x { ${Array.from({ length: count }, (_, i) => `a${i}: b`).join(' ')} } }`;
    expect(refusal(aliased(limits.aliases))).toBe('PASSED');
    expect(refusal(aliased(limits.aliases + 1))).toContain('aliases');
    expect(refusal(aliased(300).replaceAll(': b', ': __typename'))).toContain('aliases');
    const wide = Array.from({ length: limits.rootFields + 1 }, (_, i) => `f${i}`).join(' ');
    expect(refusal(`{ ${wide} }`)).toContain('fields at the top');
  });

  it('allow one mutation and one subscription per request, also when a fragment hides the second', () => {
    expect(refusal('mutation { a }')).toBe('PASSED');
    expect(refusal('mutation { a b }')).toContain('mutations in one request');
    expect(refusal('mutation { a ...F } fragment F on Mutation { b }')).toContain('mutations in one request');
    expect(refusal('subscription { a b }')).toContain('subscriptions in one request');
  });

  it('measure fragments that double at every level without doubling the work', () => {
    const levels = 40;
    const fragments = Array.from(
      { length: levels },
      (_, i) => `fragment F${i} on T { a { ...F${i + 1} } b { ...F${i + 1} } }`,
    );
    const source = `{ ...F0 } ${fragments.join(' ')} fragment F${levels} on T { z }`;
    const before = process.cpuUsage();
    expect(refusal(source)).not.toBe('PASSED');
    expect(workSince(before)).toBeLessThan(200);
  });

  it('end on fragments that spread each other in a circle', () => {
    expect(refusal('{ ...A } fragment A on T { a ...B } fragment B on T { b ...A }')).toBe('PASSED');
  });

  it('end directives, those of variables and fragments included', () => {
    const skipped = (count: number) => `{ a ${'@skip(if: false) '.repeat(count)} }`;
    expect(() => parseWithinLimits(skipped(limits.directives))).not.toThrow();
    expect(() => parseWithinLimits(skipped(limits.directives + 1))).toThrow('directives');
    expect(() =>
      parseWithinLimits(`{ ...F } fragment F on T ${'@a '.repeat(limits.directives + 1)} { b }`),
    ).toThrow('directives');
  });

  it('end documents by length and by number of tokens before anything else', () => {
    expect(() => parseWithinLimits(`{ a } #${'x'.repeat(limits.documentLength)}`)).toThrow('characters');
    expect(() => parseWithinLimits(`{ ${'a '.repeat(limits.tokens)} }`)).toThrow('tokens');
  });

  it('never throw anything but a refusal, whatever the nesting', () => {
    const document = fc.letrec<{ set: string; field: string }>((tie) => ({
      set: fc.array(tie('field'), { minLength: 1, maxLength: 4 }).map((fields) => `{ ${fields.join(' ')} }`),
      field: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('a', 'b: c', '...F', '__typename'),
        tie('set').map((set) => `d ${set}`),
        tie('set').map((set) => `... ${set}`),
      ),
    })).set;
    fc.assert(
      fc.property(document, document, (operation, fragment) => {
        expect(refusal(`query ${operation} fragment F on T ${fragment}`)).toMatch(
          /^(PASSED|The request has )/,
        );
      }),
      { numRuns: 200 },
    );
  });
});
