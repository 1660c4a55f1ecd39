import { type Frame } from './splice.ts';

const MAX_FRAMES = 256;
const MAX_BYTES = 64 * 1024;

/** The object events of one session that were heard lately: in order, each once, none missing between them. */
export class Ring {
  #frames: Frame[] = [];
  #sizes: number[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** All of the stream after this sequence and up to `last` is here; null when nothing is. */
  get from(): number | null {
    const first = this.#frames[0];
    return first === undefined ? null : (first.previous ?? 0);
  }

  get last(): number {
    return this.#frames.at(-1)?.sequence ?? 0;
  }

  /** A frame that does not follow the last one proves that something was not heard: what is before it goes. */
  add(frame: Frame): void {
    if (frame.sequence <= this.last) return;
    if ((frame.previous ?? 0) !== this.last) this.clear();
    const size = Buffer.byteLength(frame.text);
    this.#frames.push(frame);
    this.#sizes.push(size);
    this.#bytes += size;
    while (this.#frames.length > MAX_FRAMES || this.#bytes > MAX_BYTES) {
      this.#frames.shift();
      this.#bytes -= this.#sizes.shift() ?? 0;
    }
  }

  /** Those after a sequence, up to and with another. */
  between(after: number, upTo: number): readonly Frame[] {
    return this.#frames.filter(({ sequence }) => sequence > after && sequence <= upTo);
  }

  clear(): void {
    this.#frames = [];
    this.#sizes = [];
    this.#bytes = 0;
  }
}
