import fc from 'fast-check';
import { encodeFrame } from './encode-frame.ts';
import { createFrameReader, FRAME_HEAD_BYTES, type FrameIn } from './frame-reader.ts';

const LIMITS = { maxBytes: 8_192, closeBytes: 65_536 };
const HELD = '{"header":{"type":"cti.event","name":"conversation.held","target":"s1.g1.h1.i1.v1"},"body":{}}';

const joined = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const prefixOf = (bytes: number): Uint8Array =>
  encodeFrame('').map((_, at) => (bytes >>> (24 - 8 * at)) & 255);
/** What a reader finds in bytes that are cut at these places. */
const readInPieces = (bytes: Uint8Array, cuts: readonly number[]): FrameIn[] => {
  const read = createFrameReader(LIMITS);
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return edges.slice(1).flatMap((edge, at) => read(bytes.subarray(edges[at], edge)));
};
const everyByte = (bytes: Uint8Array): FrameIn[] => readInPieces(bytes, [...bytes.keys()]);

describe('a frame', () => {
  it('begins with the length of its content, big end first: the worked example', () => {
    const frame = encodeFrame(HELD);
    expect([...frame.subarray(0, 4)]).toEqual([0, 0, 0, 0x5e]);
    expect(frame).toHaveLength(98);
    expect(Buffer.from(frame.subarray(4)).toString()).toBe(HELD);
  });

  it.each([
    ['two bytes', 'é', 2],
    ['three bytes', '€', 3],
    ['four bytes', '😀', 4],
    ['half a pair, which becomes U+FFFD', '\ud83d', 3],
  ])('counts bytes, not characters: %s', (_what, text, bytes) => {
    expect([...encodeFrame(text)]).toEqual([0, 0, 0, bytes, ...Buffer.from(text)]);
  });
});

describe('a reader of frames', () => {
  it('gives back any texts, wherever their bytes are cut', () => {
    const texts = fc.array(fc.string({ unit: 'binary', minLength: 1 }), { maxLength: 8 });
    fc.assert(
      fc.property(texts, fc.array(fc.nat()), (sent, cuts) => {
        const found = readInPieces(joined(sent.map(encodeFrame)), cuts);
        expect(found).toEqual(sent.map((text) => ({ kind: 'frame', text: text.toWellFormed() })));
      }),
    );
  });

  it.each([
    ['at once', readInPieces],
    ['byte by byte', everyByte],
  ])('reads several frames, multi-byte characters among them, %s', (_how, read) => {
    const bytes = joined(['{"a":"é€😀"}', HELD, '\ufeff{}'].map(encodeFrame));
    expect(read(bytes, [])).toEqual([
      { kind: 'frame', text: '{"a":"é€😀"}' },
      { kind: 'frame', text: HELD },
      { kind: 'frame', text: '\ufeff{}' },
    ]);
  });

  it('skips frames without content', () => {
    expect(everyByte(joined([prefixOf(0), encodeFrame(HELD), prefixOf(0), prefixOf(0)]))).toEqual([
      { kind: 'frame', text: HELD },
    ]);
  });

  it('turns what is no UTF-8 into U+FFFD', () => {
    expect(everyByte(new Uint8Array([0, 0, 0, 3, 0x61, 0xff, 0xc3]))).toEqual([
      { kind: 'frame', text: 'a\uFFFD\uFFFD' },
    ]);
  });

  it('waits for what is not there', () => {
    expect(everyByte(encodeFrame(HELD).subarray(0, 97))).toEqual([]);
  });

  it('never raises, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.array(fc.nat()), (bytes, cuts) => {
        expect(readInPieces(bytes, cuts)).toEqual(readInPieces(bytes, []));
      }),
    );
  });
});

describe('a frame that is too large', () => {
  const text = (bytes: number): string => `{"body":"${'x'.repeat(bytes - 11)}"}`;

  it.each([
    ['fits', LIMITS.maxBytes, 'frame'],
    ['is one byte over', LIMITS.maxBytes + 1, 'oversized'],
    ['is the largest that is skipped', LIMITS.closeBytes, 'oversized'],
  ])('%s', (_what, bytes, kind) => {
    const found = everyByte(joined([encodeFrame(text(bytes)), encodeFrame(HELD)]));
    expect(found.map((frame) => frame.kind)).toEqual([kind, 'frame']);
  });

  it('leaves its size and its beginning', () => {
    const [found] = everyByte(encodeFrame(text(10_000)));
    expect(found).toEqual({
      kind: 'oversized',
      bytes: 10_000,
      head: text(10_000).slice(0, FRAME_HEAD_BYTES),
    });
  });

  it('leaves no half character at the end of its beginning', () => {
    const [found] = everyByte(encodeFrame('x' + '€'.repeat(4_000)));
    expect(found).toMatchObject({ kind: 'oversized', head: 'x' + '€'.repeat(1_365) });
  });

  it('is skipped without being kept: the reader gives nothing until it has passed', () => {
    const read = createFrameReader({ maxBytes: 10, closeBytes: 1_000_000 });
    expect(read(prefixOf(1_000_000))).toEqual([]);
    const chunk = new Uint8Array(10_000);
    for (let sent = 1; sent < 100; sent += 1) expect(read(chunk)).toEqual([]);
    expect(read(chunk)).toMatchObject([{ kind: 'oversized', bytes: 1_000_000 }]);
  });

  it.each([
    ['one byte more than is skipped', LIMITS.closeBytes + 1],
    ['4 GiB', 0xffff_ffff],
  ])('breaks the connection, once, with nothing after it: %s', (_what, bytes) => {
    const read = createFrameReader(LIMITS);
    const found = read(joined([encodeFrame(HELD), prefixOf(bytes), encodeFrame(HELD)]));
    expect(found).toEqual([
      { kind: 'frame', text: HELD },
      {
        kind: 'broken',
        why: `A frame of ${bytes} bytes was announced; ${LIMITS.closeBytes} is the limit.`,
      },
    ]);
    expect(read(encodeFrame(HELD))).toEqual([]);
  });
});
