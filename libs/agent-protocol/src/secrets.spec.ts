import { type JsonObject } from '@cordboard/kernel';
import fc from 'fast-check';
import { parseRequest } from './parse-request.ts';
import { mayHoldSecrets, omitSecrets } from './secrets.ts';

const S = '01890a5d-ac96-774b-bcce-b302099a8057';
const start = (rest: object): string =>
  JSON.stringify({ command: 'session.start', requestId: 'r1', target: S, ...rest });
const textOf = (text: string): string | undefined => {
  const parsed = parseRequest(text, () => 'made');
  if (!parsed.ok) throw new Error(text);
  return parsed.value.text;
};

describe('a text without the keys of secrets', () => {
  it('is the request less its secrets', () => {
    const key = fc.oneof(fc.constantFrom('password', 'token', 'data', 'tokens'), fc.string());
    const value = fc.letrec((tie) => ({
      any: fc.oneof(fc.jsonValue(), fc.dictionary(key, tie('any')), fc.array(tie('any'), { maxLength: 3 })),
    })).any;
    fc.assert(
      fc.property(fc.dictionary(key, value), (request) => {
        const text = JSON.stringify(request);
        const read = JSON.parse(text) as JsonObject;
        if (!mayHoldSecrets(text)) expect(omitSecrets(read)).toEqual(read);
      }),
    );
  });

  it.each(['{"password":1}', '{"data":{"token":1}}', String.raw`{"pass\u0077ord":1}`, '{"password" :1}'])(
    'is not %s',
    (text) => expect(mayHoldSecrets(text)).toBe(true),
  );

  it('travels on as it was received', () => {
    const spaced = `  ${start({ more: [1] })} `;
    expect(textOf(spaced)).toBe(spaced);
  });

  it.each([start({ requestId: null }), start({ data: { password: 'x' } }), start({ token: 'x' })])(
    'is made anew where something has to change: %s',
    (text) => expect(textOf(text)).toBeUndefined(),
  );
});
