import fc from 'fast-check';
import { parseCtiMessage } from './parse-message.ts';

const message = (header: object, body: unknown = {}): string =>
  JSON.stringify({
    header: { type: 'cti.event', name: 'conversation.held', target: 's.g.c.i.v', ...header },
    body,
  });
const reason = (text: string): string | null => {
  const read = parseCtiMessage(text, { maxBytes: 4_096 });
  return read.ok ? null : read.error;
};
const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });

describe('a message that can be read', () => {
  it.each<[string, { type?: string; [key: string]: unknown }, object]>([
    ['an event', { requestId: 'dropped', spare: 1 }, {}],
    ['a query', { type: 'cti.query', requestId: 'r1' }, { requestId: 'r1' }],
    ['a request', { type: 'cti.request', requestId: 'r1' }, { requestId: 'r1' }],
    [
      'an answer',
      { type: 'cti.response', requestId: 'r1', result: 'SUCCESS' },
      { requestId: 'r1', result: 'SUCCESS' },
    ],
    [
      'a failure without a message',
      { type: 'cti.response', requestId: 'r1', result: 'FAILURE' },
      { requestId: 'r1', result: 'FAILURE', errorMessage: '' },
    ],
    [
      'a failure',
      { type: 'cti.response', requestId: 'r1', result: 'FAILURE', errorMessage: 'No.' },
      { requestId: 'r1', result: 'FAILURE', errorMessage: 'No.' },
    ],
  ])('%s', (_what, header, read) => {
    expect(parseCtiMessage(message(header, { a: 1 }))).toEqual({
      ok: true,
      value: {
        message: {
          header: {
            type: header.type ?? 'cti.event',
            name: 'conversation.held',
            target: 's.g.c.i.v',
            ...read,
          },
          body: { a: 1 },
        },
        repaired: false,
      },
    });
  });

  it('may lack a body', () => {
    const read = parseCtiMessage(message({}, undefined));
    expect(read.ok && read.value.message.body).toEqual({});
  });

  it('is repaired where characters cannot be stored, and says so', () => {
    const read = parseCtiMessage(message({}, { name: 'a\u0000b', '\ud800': ['\udc00'] }));
    expect(read).toMatchObject({ ok: true, value: { repaired: true } });
    expect(read.ok && read.value.message.body).toEqual({ name: 'a\uFFFDb', '\uFFFD': ['\uFFFD'] });
  });

  it('is repaired where a number is too large for any', () => {
    const read = parseCtiMessage(message({}, { count: ['#'] }).replace('"#"', '-1e400'));
    expect(read).toMatchObject({ ok: true, value: { repaired: true, message: { body: { count: [null] } } } });
  });

  it('keeps so much of an error message', () => {
    const read = parseCtiMessage(
      message({ type: 'cti.response', requestId: 'r', result: 'FAILURE', errorMessage: 'x'.repeat(5_000) }),
    );
    expect(read.ok && read.value.message.header.errorMessage).toHaveLength(1_024);
  });

  it('leaves no half character at the end of an error message', () => {
    const errorMessage = `${'x'.repeat(1_023)}😀`;
    const read = parseCtiMessage(
      message({ type: 'cti.response', requestId: 'r', result: 'FAILURE', errorMessage }),
    );
    expect(read.ok && read.value.message.header.errorMessage).toBe(`${'x'.repeat(1_023)}\uFFFD`);
  });
});

describe('a message that cannot be read', () => {
  it.each([
    ['no JSON', '{', /not JSON/],
    ['no object', '[]', /object/],
    ['too large, counted in bytes', message({}, { a: 'é'.repeat(2_040) }), /4096 bytes/],
    ['too deep', message({}, nested(40)), /32 levels/],
    ['no header', '{"body":{}}', /header/],
    ['a header that is an array', '{"header":[],"body":{}}', /header/],
    ['an unknown type', message({ type: 'cti.shout' }), /header\.type/],
    ['a type of the prototype', message({ type: 'constructor' }), /header\.type/],
    ['no name', message({ name: undefined }), /header\.name/],
    ['a name of two lines', message({ name: 'a\nb' }), /header\.name/],
    ['no target', message({ target: '' }), /header\.target/],
    ['a target with blanks', message({ target: 's g' }), /header\.target/],
    ['a query without id', message({ type: 'cti.query' }), /header\.requestId/],
    ['an answer without id', message({ type: 'cti.response', result: 'SUCCESS' }), /header\.requestId/],
    ['an answer without result', message({ type: 'cti.response', requestId: 'r' }), /header\.result/],
    [
      'a result in lower case',
      message({ type: 'cti.response', requestId: 'r', result: 'success' }),
      /header\.result/,
    ],
    ['a body that is text', message({}, 'x'), /body/],
    ['a body that is null', message({}, null), /body/],
  ])('%s', (_what, text, points) => {
    expect(reason(text)).toMatch(points);
  });

  it('never raises', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json({ stringUnit: 'binary' }),
      fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()).map(([h, b]) => message(h, b)),
      fc.constant('['.repeat(100_000) + ']'.repeat(100_000)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const read = parseCtiMessage(text);
        if (read.ok) expect(JSON.stringify(read.value.message).isWellFormed()).toBe(true);
        else expect(read.error).not.toBe('');
      }),
    );
  });
});
