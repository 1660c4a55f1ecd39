import canonicalizeModule from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';

/** The package is CommonJS, its types describe an ES module. */
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

const texts = fc.string({ unit: 'binary' });
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(texts, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.boolean()),
    fc.constantFrom(null, -0, 1e21, 1e-7, '\ud800', '\u2028', '\u007f', '\u001f"\\'),
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(texts, fc.nat(20).map(String)), fc.option(tie('value'), { nil: undefined })),
  ),
})).value;

describe('canonical JSON', () => {
  it('is the text that the package of RFC 8785 gives', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(canonicalJson(value as object)).toBe(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('orders keys by UTF-16 units, as the RFC shows', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 1])));
    const order = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    expect(text).toBe(`{${order.map((key) => `${JSON.stringify(key)}:1`).join(',')}}`);
  });

  it.each([NaN, Infinity, -Infinity])('refuses %d', (value) => {
    expect(() => canonicalJson([value])).toThrow('has no JSON form');
  });
});
