import { setTimeout as delay } from 'node:timers/promises';
import { connectNats, laneSignals } from '@cordboard/bus';
import { createFollower, createPostgresStore, type LaneSignals } from '@cordboard/event-store';
import { systemClock } from '@cordboard/runtime';
import { type Town } from '../town/town.ts';
import { type Followed } from './records.ts';

/** A follower of the whole log, as an integrator would write one. */
export interface Following {
  readonly followed: readonly Followed[];
  /** Settles when it has everything that stands now. */
  readonly caughtUp: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Marks from one connection after the other. */
const lastingSignals = (town: Town): { readonly signals: LaneSignals; readonly end: () => void } => {
  let over = false;
  let leave = (): void => undefined;
  const listen = async (onMark: Parameters<LaneSignals['subscribe']>[0]): Promise<void> => {
    while (!over) {
      try {
        const bus = await connectNats({ url: town.nats.url, name: 'follower' });
        leave = () => void bus.drain();
        laneSignals(bus).subscribe(onMark);
        await bus.closed;
      } catch {
        // NATS is away; it is tried again.
      }
      await delay(100);
    }
  };
  const end = (): void => {
    over = true;
    leave();
  };
  return {
    signals: {
      subscribe: (onMark) => {
        void listen(onMark);
        return end;
      },
    },
    end,
  };
};

export const follow = async (town: Town): Promise<Following> => {
  const log = await createPostgresStore({ url: town.database.applicationUrl, workerId: 'follower' });
  const { signals, end } = lastingSignals(town);
  const followed: Followed[] = [];
  const follower = createFollower({
    log,
    signals,
    clock: systemClock,
    from: null,
    onRows: (rows) =>
      void followed.push(...rows.map(({ sessionId, seq, hash }) => ({ sessionId, seq, hash }))),
  });
  return {
    followed,
    caughtUp: follower.caughtUp,
    stop: async () => {
      await follower.stop();
      end();
      await log.close();
    },
  };
};
