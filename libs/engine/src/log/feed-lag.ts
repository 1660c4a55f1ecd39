import { type Checkpoint, type LaneMark, type LaneSignals } from '@cordboard/event-store';

/** How far a follower is behind what it has been told of. */
export interface FeedLag {
  /** The signals given, listened to on the way. */
  readonly signals: LaneSignals;
  /** Rows that are stored, as far as is known, and not in the checkpoint. */
  readonly behind: (checkpoint: Checkpoint) => number;
}

export const createFeedLag = (given: LaneSignals): FeedLag => {
  const marks = new Map<number, number>();
  const hear = ({ lane, wpos }: LaneMark): void => void marks.set(lane, Math.max(wpos, marks.get(lane) ?? 0));
  return {
    signals: {
      subscribe: (onMark) =>
        given.subscribe((mark) => {
          hear(mark);
          onMark(mark);
        }),
    },
    behind: ({ done, lanes }) => {
      let rows = 0;
      for (const [lane, wpos] of marks) {
        if (lane <= done) marks.delete(lane);
        else rows += Math.max(0, wpos - (lanes[lane] ?? 0));
      }
      return rows;
    },
  };
};
