import { headers as newHeaders, type MsgHdrs } from '@nats-io/transport-node';
import fc from 'fast-check';
import { cleanHeaders, headerLines } from './headers.ts';

const written = (known: MsgHdrs): string =>
  Buffer.from((known as unknown as { readonly encode: () => Uint8Array }).encode()).toString();

describe('headers on the wire', () => {
  it('are what the client of NATS writes', () => {
    const names = fc.constantFrom('actor', 'ctiSeq', 'Nats-Msg-Id', 'wpos', 'trace');
    const values = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(' \r\n a\u0000b\u0085 '));
    fc.assert(
      fc.property(fc.dictionary(names, values), (headers) => {
        const known = newHeaders();
        for (const [name, value] of Object.entries(cleanHeaders(headers))) known.append(name, value);
        expect(headerLines(headers)).toBe(written(known) || 'NATS/1.0\r\n\r\n');
      }),
    );
  });
});
