import { type Bus, laneSignals } from '@cordboard/bus';
import { type Checkpoint, createFollower, type StoredEvent } from '@cordboard/event-store';
import { type Host } from './host.ts';
import { type Parts } from './parts.ts';

/** A row as a follower got it. */
interface Given {
  readonly session: string;
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
}

/** What a follower of the whole log has seen over all its lives, and where it goes on. */
export interface Seen {
  readonly rows: Given[];
  readonly last: Map<string, number>;
  checkpoint: Checkpoint | null;
  /** Rows that came out of order, or again within one life. */
  readonly wrong: string[];
}

export interface FollowerProcess {
  readonly host: Host;
  readonly bus: Bus;
}

export const nothingSeen = (): Seen => ({ rows: [], last: new Map(), checkpoint: null, wrong: [] });

/** Takes rows once: after a restart those since the last checkpoint come again, in order, and are known. */
const take = (seen: Seen, inThisLife: Set<string>, row: StoredEvent, at: number): void => {
  const { sessionId: session, seq } = row;
  const last = seen.last.get(session) ?? 0;
  const again = seq <= last && !inThisLife.has(session);
  if (again) return;
  inThisLife.add(session);
  if (seq !== last + 1) seen.wrong.push(`${session}/${String(seq)} came after ${String(last)}`);
  seen.last.set(session, seq);
  seen.rows.push({ session, seq, hash: row.hash.toString('hex'), at });
};

/** Follows the log as an integrator would; `seen` outlives it, as a database of its own would. */
export const startFollower =
  (seen: Seen, now: () => number) =>
  async ({ host, connect, store }: Parts): Promise<FollowerProcess> => {
    const bus = await connect();
    const inThisLife = new Set<string>();
    const follower = createFollower({
      log: store,
      signals: laneSignals(bus),
      clock: host.clock,
      from: seen.checkpoint,
      onRows: (rows) => {
        if (host.isDead()) return;
        for (const row of rows) take(seen, inThisLife, row, now());
        seen.checkpoint = follower.checkpoint();
      },
    });
    host.onCrash(() => void follower.stop());
    return { host, bus };
  };
