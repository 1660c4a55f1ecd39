import { type Ring } from './ring.ts';
import { type Frame, joins } from './splice.ts';

/** A browser that missed more than this starts afresh: it fits well under the outgoing buffer. */
const MAX_FRAMES = 1_000;
const MAX_BYTES = 512 * 1024;

/** Where what a browser missed came from. */
export interface MissedFrames {
  readonly from: 'ring' | 'log';
  readonly frames: readonly Frame[];
}

export interface Absence {
  /** The browser has all up to this sequence. */
  readonly after: number;
  /** And shall have all up to this one. */
  readonly upTo: number;
  readonly ring: Ring;
  /** Stored frames after a sequence, up to and with another: a page of them, the lowest first. */
  readonly read: (after: number, upTo: number) => Promise<readonly Frame[]>;
}

/**
 * What a browser missed, from the ring, or from the log and the ring together. Null when it is too much, or when
 * the frames do not prove to lead from where it was to where the session is: a cursor of another session does not.
 */
export const missedFrames = async ({ after, upTo, ring, read }: Absence): Promise<MissedFrames | null> => {
  const heard = ring.between(after, upTo);
  if (joins(after, upTo, heard)) return withinLimits({ from: 'ring', frames: heard });
  const until = ring.last >= upTo ? (ring.from ?? upTo) : upTo;
  if (until <= after) return null;
  const stored = await storedBetween(after, until, read).catch(() => []);
  const frames = [...stored, ...heard];
  return joins(after, upTo, frames) ? withinLimits({ from: 'log', frames }) : null;
};

/** Page by page; once it is too much, what has not been read does not matter. */
const storedBetween = async (
  after: number,
  upTo: number,
  read: Absence['read'],
): Promise<readonly Frame[]> => {
  const frames: Frame[] = [];
  for (let last = after; last < upTo && isWithinLimits(frames);) {
    const page = await read(last, upTo);
    if (page.length === 0) break;
    frames.push(...page);
    last = page.at(-1)?.sequence ?? upTo;
  }
  return frames;
};

const isWithinLimits = (frames: readonly Frame[]): boolean =>
  frames.length <= MAX_FRAMES &&
  frames.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) <= MAX_BYTES;

const withinLimits = (missed: MissedFrames): MissedFrames | null =>
  isWithinLimits(missed.frames) ? missed : null;
