import { type StoredSnapshot } from '@cordboard/event-store';
import { type OwnedSession } from './owned-session.ts';
import { type EnginePorts } from '../ports.ts';

/** Keeps cached states of the sessions, so that whoever claims them folds few rows (design K14). */
export interface Snapshots {
  /** Something was recorded, or the session was just claimed. */
  readonly changed: (session: OwnedSession) => void;
  readonly dropped: (session: OwnedSession) => void;
  /** Makes those of all these sessions now that gained anything worth it. Never raises. */
  readonly save: (sessions: readonly OwnedSession[], minRows: number) => Promise<void>;
  readonly stop: () => void;
}

/** A cached state is read as quickly as two or three rows; a session that was just started has twice as many as this. */
const ROWS = 16;
const TICK_MS = 250;
/** Two hundred a second: they must not be felt. */
const PER_TICK = 50;
/** While writes wait, caches do. */
const MAX_PRESSURE = 0.1;
const PER_STATEMENT = 100;

const gained = ({ runner, cachedSeq }: OwnedSession): number => runner.stored.head.seq - cachedSeq;

/** Takes out those that can be cached now. */
const takeReady = (due: Set<OwnedSession>): readonly OwnedSession[] => {
  const ready: OwnedSession[] = [];
  for (const session of due) {
    if (ready.length === PER_TICK) break;
    if (!session.runner.isAtRest) continue;
    due.delete(session);
    ready.push(session);
  }
  return ready;
};

export const createSnapshots = ({
  store,
  clock,
  log,
  metrics,
}: Pick<EnginePorts, 'store' | 'clock' | 'log' | 'metrics'>): Snapshots => {
  const due = new Set<OwnedSession>();
  let cancel: (() => void) | null = null;
  let stopped = false;

  const make = (sessions: readonly OwnedSession[]): readonly StoredSnapshot[] => {
    const made: StoredSnapshot[] = [];
    for (const session of sessions) {
      const snapshot = session.runner.snapshot();
      if (snapshot === null) continue;
      session.cachedSeq = snapshot.seq;
      made.push(snapshot);
    }
    return made;
  };

  const write = async (sessions: readonly OwnedSession[]): Promise<void> => {
    try {
      const made = make(sessions);
      if (made.length === 0) return;
      await store.saveSnapshots(made);
      metrics.count('snapshots_taken', made.length);
    } catch (error) {
      log.warn('cached states could not be written', { error: String(error) });
    }
  };

  const tick = async (): Promise<void> => {
    if (store.pressure() <= MAX_PRESSURE) await write(takeReady(due));
    cancel = null;
    watch();
  };

  const watch = (): void => {
    if (!stopped && due.size > 0) cancel ??= clock.after(TICK_MS, () => void tick());
  };

  return {
    changed: (session) => {
      if (gained(session) < ROWS || session.isDisposed) return;
      due.add(session);
      watch();
    },
    dropped: (session) => void due.delete(session),
    save: async (sessions, minRows) => {
      const worth = sessions.filter((session) => gained(session) >= minRows);
      for (let at = 0; at < worth.length; at += PER_STATEMENT) {
        await write(worth.slice(at, at + PER_STATEMENT));
      }
    },
    stop: () => {
      stopped = true;
      cancel?.();
    },
  };
};
