/** Bytes of the length before the content (bridge A.2). */
export const FRAME_PREFIX_BYTES = 4;

const encoder = new TextEncoder();

/** One frame: the length of the UTF-8 content as four bytes, big end first, then the content (bridge A.2). */
export const encodeFrame = (text: string): Uint8Array => {
  const content = encoder.encode(text);
  const frame = new Uint8Array(FRAME_PREFIX_BYTES + content.length);
  new DataView(frame.buffer).setUint32(0, content.length);
  frame.set(content, FRAME_PREFIX_BYTES);
  return frame;
};
