import { type EventStore } from '../event-store.ts';
import { type LaneMark } from '../lanes.ts';
import { type StoredEvent } from '../record.ts';
import { type LaneVector } from './lane-vector.ts';

/** How far a page may be given, and what its next row waits for. */
interface Ready {
  readonly rows: readonly StoredEvent[];
  readonly waitsFor: LaneMark | null;
}

/** Keeps the order within sessions that moved between lanes. */
export interface SessionOrder {
  readonly ready: (page: readonly StoredEvent[]) => Promise<Ready>;
  readonly given: (rows: readonly StoredEvent[]) => void;
}

/** Sessions of which the last row given is remembered; of others it is looked up. */
const REMEMBERED = 20_000;

export const createSessionOrder = (log: Pick<EventStore, 'read'>, vector: LaneVector): SessionOrder => {
  const lastGiven = new Map<string, number>();

  const predecessor = async ({ sessionId, seq }: StoredEvent): Promise<LaneMark | null> => {
    const [row] = await log.read(sessionId, { after: seq - 2, upTo: seq - 1 });
    return row ?? null;
  };

  /** What a page's first row of a session waits for, unless what comes before it was given. */
  const waitsFor = async (row: StoredEvent): Promise<LaneMark | null> => {
    if (row.seq === 1 || lastGiven.get(row.sessionId) === row.seq - 1) return null;
    const before = await predecessor(row);
    if (before === null || before.lane === row.lane || vector.isGiven(before)) return null;
    return { lane: before.lane, wpos: before.wpos };
  };

  /** Rows of a page that do not follow one of the same page. */
  const entries = (page: readonly StoredEvent[]): readonly (readonly [number, StoredEvent])[] => {
    const last = new Map<string, number>();
    return [...page.entries()].filter(([, { sessionId, seq }]) => {
      const follows = last.get(sessionId) === seq - 1;
      last.set(sessionId, seq);
      return !follows;
    });
  };

  return {
    ready: async (page) => {
      const waits = await Promise.all(
        entries(page).map(async ([index, row]) => ({ index, mark: await waitsFor(row) })),
      );
      const first = waits.find(({ mark }) => mark !== null);
      return { rows: page.slice(0, first?.index), waitsFor: first?.mark ?? null };
    },
    given: (rows) => {
      for (const { sessionId, seq } of rows) {
        lastGiven.delete(sessionId);
        lastGiven.set(sessionId, seq);
      }
      for (const [oldest] of lastGiven) {
        if (lastGiven.size <= REMEMBERED) break;
        lastGiven.delete(oldest);
      }
    },
  };
};
