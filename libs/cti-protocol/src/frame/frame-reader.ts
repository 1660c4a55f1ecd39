import { FRAME_PREFIX_BYTES } from './encode-frame.ts';

/** What is kept of a frame that is too large: enough for the header of its message. */
export const FRAME_HEAD_BYTES = 4_096;

/** What the bytes of a connection turned out to be. */
export type FrameIn =
  /** A whole frame. */
  | { readonly kind: 'frame'; readonly text: string }
  /** A frame over `maxBytes`, skipped; `head` is its beginning, 4 KiB at most. */
  | { readonly kind: 'oversized'; readonly bytes: number; readonly head: string }
  /** A frame over `closeBytes`: the connection can be read no further and must be closed. Said once. */
  | { readonly kind: 'broken'; readonly why: string };

/** Limits of a reader, in bytes of content. */
export interface FrameLimits {
  /** Largest frame that is read. */
  readonly maxBytes: number;
  /** Largest frame that is skipped. */
  readonly closeBytes: number;
}

/** Takes the next bytes of a connection and gives what is complete with them, in order. */
export type FrameReader = (chunk: Uint8Array) => readonly FrameIn[];

/** Room for some bytes, and how many are there. */
interface Part {
  readonly room: Uint8Array;
  had: number;
}

/** A frame under way; `unread` counts what has not arrived. */
interface Frame {
  readonly bytes: number;
  readonly content: Part;
  unread: number;
}

const partOf = (bytes: number): Part => ({ room: new Uint8Array(bytes), had: 0 });

/** Takes what fits; the rest is not kept. */
const fill = (part: Part, chunk: Uint8Array): void => {
  const taken = chunk.subarray(0, part.room.length - part.had);
  part.room.set(taken, part.had);
  part.had += taken.length;
};

const textOf = ({ room }: Part, whole: boolean): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(room, { stream: !whole });

/**
 * A reader of frames that may arrive in any pieces (bridge A.2). Length 0 is skipped; bytes that are no UTF-8
 * become U+FFFD. It holds one frame of `maxBytes` at most, whatever a length promises.
 */
export const createFrameReader = ({ maxBytes, closeBytes }: FrameLimits): FrameReader => {
  let prefix = partOf(FRAME_PREFIX_BYTES);
  let frame: Frame | null = null;
  let broken = false;

  const begin = (found: FrameIn[]): void => {
    const bytes = new DataView(prefix.room.buffer).getUint32(0);
    prefix = partOf(FRAME_PREFIX_BYTES);
    if (bytes > closeBytes) {
      broken = true;
      found.push({
        kind: 'broken',
        why: `A frame of ${bytes} bytes was announced; ${closeBytes} is the limit.`,
      });
    } else if (bytes > 0) {
      const kept = bytes > maxBytes ? Math.min(bytes, FRAME_HEAD_BYTES) : bytes;
      frame = { bytes, unread: bytes, content: partOf(kept) };
    }
  };

  const readPrefix = (chunk: Uint8Array, found: FrameIn[]): number => {
    const taken = Math.min(chunk.length, FRAME_PREFIX_BYTES - prefix.had);
    fill(prefix, chunk.subarray(0, taken));
    if (prefix.had === FRAME_PREFIX_BYTES) begin(found);
    return taken;
  };

  const readContent = (under: Frame, chunk: Uint8Array, found: FrameIn[]): number => {
    const taken = Math.min(chunk.length, under.unread);
    fill(under.content, chunk.subarray(0, taken));
    under.unread -= taken;
    if (under.unread === 0) {
      frame = null;
      found.push(
        under.bytes > maxBytes
          ? { kind: 'oversized', bytes: under.bytes, head: textOf(under.content, false) }
          : { kind: 'frame', text: textOf(under.content, true) },
      );
    }
    return taken;
  };

  return (chunk) => {
    const found: FrameIn[] = [];
    let rest = chunk;
    while (rest.length > 0 && !broken) {
      const taken = frame === null ? readPrefix(rest, found) : readContent(frame, rest, found);
      rest = rest.subarray(taken);
    }
    return found;
  };
};
