/** An object event on its way to a browser: its place in the session and its text. */
export interface Frame {
  readonly sequence: number;
  readonly previous: number | null;
  readonly text: string;
}

/** Without a place of its own: both its numbers are the last one before it (docs/contracts.md). */
export const isPassing = ({ sequence, previous }: Frame): boolean => sequence === previous;

interface Splice {
  /** Follow `last` without a gap, in order, each once. */
  readonly ready: readonly Frame[];
  /** Come after a gap; in order, each once. */
  readonly held: readonly Frame[];
}

/**
 * Puts frames that came in any order, doubled or with some missing behind `last` (0 before the first). A frame
 * is next when its `previous` is the sequence before it: nothing else proves that none is missing.
 */
export const splice = (last: number, frames: readonly Frame[]): Splice => {
  const ordered = [...new Map(frames.map((frame) => [frame.sequence, frame])).values()]
    .filter(({ sequence }) => sequence > last)
    .sort((a, b) => a.sequence - b.sequence);
  let reached = last;
  let count = 0;
  for (const { sequence, previous } of ordered) {
    if ((previous ?? 0) !== reached) break;
    reached = sequence;
    count += 1;
  }
  return { ready: ordered.slice(0, count), held: ordered.slice(count) };
};

/** True when the frames lead from `after` to `upTo` without a gap. */
export const joins = (after: number, upTo: number, frames: readonly Frame[]): boolean => {
  const { ready, held } = splice(after, frames);
  return held.length === 0 && (ready.at(-1)?.sequence ?? after) === upTo;
};
