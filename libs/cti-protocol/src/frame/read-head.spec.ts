import fc from 'fast-check';
import { readHead } from './read-head.ts';

const HEADER = {
  type: 'cti.response',
  name: 'channel.query.init',
  target: 's.g.c',
  requestId: 'r"\\}1',
  result: 'SUCCESS',
} as const;
const message = JSON.stringify({ header: HEADER, body: { text: 'x'.repeat(5_000) } });

describe('the header of a message that was cut', () => {
  it.each([
    ['cut in its body', message.slice(0, 4_096)],
    ['with blanks', ` \n{ "header" :\t${JSON.stringify(HEADER, null, 2)}, "bo`],
    ['with properties that are unknown', message.replace('"type"', '"spare":[1,null],"type"')],
  ])('%s', (_what, head) => {
    expect(readHead(head)).toEqual(HEADER);
  });

  it.each([
    ['cut in its header', message.slice(0, 40)],
    ['with its body first', '{"body":{"a":"xxxx'],
    ['that is no header', '{"header":{"type":"cti.shout"},"body":{'],
    ['that is no JSON', '{"header":{type},"body":{'],
    ['that is nothing', ''],
  ])('cannot be found: %s', (_what, head) => {
    expect(readHead(head)).toBeNull();
  });

  it('never raises', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readHead(`{"header":{${text}}`)).toBeNull();
      }),
    );
  });
});
