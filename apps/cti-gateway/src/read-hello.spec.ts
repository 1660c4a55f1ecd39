import { readHello } from './read-hello.ts';

const hello = (body: unknown): string => JSON.stringify({ header: { type: 'cti.hello' }, body });

describe('the first frame of a connection', () => {
  it.each<[string, string, unknown]>([
    ['a hello', hello({ processor: 'acme' }), { processor: 'acme' }],
    ['a hello with a token', hello({ processor: 'acme', token: 'x' }), { processor: 'acme', token: 'x' }],
    ['a hello with nothing for a token', hello({ processor: 'acme', token: null }), { processor: 'acme' }],
    ['another message', '{"header":{"type":"cti.event"},"body":{}}', null],
    ['a type of the wrong type', '{"header":{"type":{}},"body":{}}', null],
    ['no header', '{}', null],
    ['no object', '[]', null],
    ['no JSON', 'GET / HTTP/1.1', null],
  ])('%s', (_what, text, value) => {
    expect(readHello(text)).toEqual({ ok: true, value });
  });

  it.each<[string, unknown, RegExp]>([
    ['without a body', undefined, /no processor/],
    ['without a processor', {}, /no processor/],
    ['with a processor that is no name', { processor: 'a.b' }, /no processor/],
    ['with a processor that is no text', { processor: ['acme'] }, /no processor/],
    ['with a token that is no text', { processor: 'acme', token: 1 }, /token/],
    ['with a token that is too long', { processor: 'acme', token: 'x'.repeat(257) }, /token/],
  ])('a hello %s', (_what, body, why) => {
    const read = readHello(hello(body));
    expect(read.ok ? '' : read.error).toMatch(why);
  });
});
