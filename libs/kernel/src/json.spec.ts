import fc from 'fast-check';
import { inspectJson, isStorableText, type Json, jsonBytes, storableJson } from './json.ts';

describe('json', () => {
  it.each([
    [1, 0],
    [{}, 1],
    [{ a: [{ b: 1 }] }, 3],
  ])('measures %j as %i deep', (value, depth) => {
    expect(inspectJson(value)).toEqual({ depth, storable: true });
  });

  it('follows a hostile nesting so far and no further', () => {
    const hostile: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    expect(inspectJson(hostile)).toEqual({ depth: 513, storable: false });
  });

  it('finds what Postgres refuses, in values and in keys', () => {
    expect(inspectJson({ a: 'x\u0000' }).storable).toBe(false);
    expect(inspectJson({ '\ud800': 1 }).storable).toBe(false);
    expect(inspectJson(['\udfff\ud83d\ude00']).storable).toBe(false);
    expect(inspectJson({ a: '\ud83d\ude00' }).storable).toBe(true);
  });

  it('finds what JSON text can say and no number holds', () => {
    const value = JSON.parse('{"a":[1e400,-1e400,1e308,-0]}') as Json;
    expect(inspectJson(value).storable).toBe(false);
    expect(storableJson(value)).toEqual({ a: [null, null, 1e308, -0] });
  });

  it('makes any value storable and leaves storable ones as they are', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const mended = storableJson(value);
        expect(inspectJson(mended).storable).toBe(true);
        if (inspectJson(value).storable) expect(mended).toEqual(value);
      }),
    );
    expect(isStorableText(storableJson('a\u0000b'))).toBe(true);
  });
});

describe('jsonBytes', () => {
  it('is never less than the bytes of the JSON text, and exact for ASCII', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const bytes = new TextEncoder().encode(text).length;
        expect(jsonBytes(value as Json)).toBeGreaterThanOrEqual(bytes);
        if (bytes === text.length) expect(jsonBytes(value as Json)).toBe(bytes);
      }),
    );
    expect(['\u{1F600}', 'ä', '中'].map((text) => jsonBytes(text))).toEqual([6, 5, 5]);
  });
});
