import { connectNats, HEADERS, laneSignals, subjects } from '@cordboard/bus';
import { checkpointSince, createFollower } from '@cordboard/event-store';
import { systemClock } from '@cordboard/runtime';
import { privateNats } from '@cordboard/testing';
import { type Context } from '../harness/context.ts';
import { figuresOf, microseconds } from '../harness/figures.ts';
import { closedLoop, interleaved, ratioOf } from '../harness/rounds.ts';
import { type Row } from '../harness/row.ts';
import { ANNOUNCED } from './announced.ts';
import { openEngine } from './contestants/engine.ts';
import { singly } from './recorded-call.ts';
import { newSessions } from './sessions.ts';
import { type Stage } from './stage.ts';

/** One thing under way at a time; says when it came. */
const arrival = () => {
  let arrived: (at: number) => void = () => undefined;
  return {
    next: () => new Promise<number>((resolve) => (arrived = resolve)),
    now: () => arrived(microseconds()),
  };
};

/** Two connections, as of an owner and a reader. */
const openWire = async () => {
  const nats = await privateNats();
  const [telling, hearing] = await Promise.all([
    connectNats({ url: nats.url, name: 'bench-telling' }),
    connectNats({ url: nats.url, name: 'bench-hearing' }),
  ]);
  const close = async (): Promise<void> => {
    await Promise.all([telling.drain(), hearing.drain()]);
    await nats.stop();
  };
  return { telling, hearing, close };
};

/** Medians of what went one way alone, on a subject that the follower does not hear. */
const oneWay = ({ telling, hearing }: Awaited<ReturnType<typeof openWire>>, body: string) => {
  const came = arrival();
  const subject = subjects.ctiHello('bench', 'one-way');
  hearing.subscribe(subject, came.now);
  return async (ms: number): Promise<number> => {
    const took: number[] = [];
    await closedLoop(1, ms, async () => {
      const coming = came.next();
      const since = microseconds();
      telling.publish(subject, body);
      took.push((await coming) - since);
    });
    return figuresOf(took).median;
  };
};

/**
 * A follower that is told of each append as by the session service, and reads the row from the log; the time from the
 * append's answer until it has the row, against a message of the same size to the same process.
 */
export const followerLag = async ({ call, log }: Stage, context: Context): Promise<Row> => {
  context.progress('how far a follower is behind');
  const engine = await openEngine(log.applicationUrl);
  await engine.store.openLane();
  const reader = await openEngine(log.applicationUrl);
  const wire = await openWire();
  const came = arrival();
  const follower = createFollower({
    log: reader.store,
    signals: laneSignals(wire.hearing),
    clock: systemClock,
    from: await checkpointSince(reader.store, Date.now()),
    onRows: came.now,
  });
  await follower.caughtUp();
  const [session] = newSessions(singly(call), 1);
  const lag = async (): Promise<number> => {
    const took: number[] = [];
    await closedLoop(1, context.roundMs / 2, async () => {
      const append = session?.next();
      const record = append?.records[0];
      if (append === undefined || record === undefined) throw new Error('no row');
      const stored = await engine.store.append(append);
      if (!stored.ok) throw new Error(`not stored: ${stored.error.kind}`);
      const coming = came.next();
      const since = microseconds();
      const headers = {
        [HEADERS.lane]: String(stored.value.lane),
        [HEADERS.wpos]: String(stored.value.wpos),
      };
      wire.telling.publish(
        subjects.event(record.tenant, { session: record.sessionId }, record.type),
        JSON.stringify(record.data),
        headers,
      );
      took.push((await coming) - since);
    });
    return figuresOf(took).median;
  };
  const alone = oneWay(wire, JSON.stringify(call.flat().at(-1)?.data));
  const turns = await interleaved({ lag, alone: () => alone(context.roundMs / 2) }, context.rounds);
  await follower.stop();
  await Promise.all([engine.close(), reader.close(), wire.close()]);
  return {
    ...ANNOUNCED.follower,
    figures: ratioOf(turns.lag, turns.alone),
    parts: {
      'follower has the row': { figures: figuresOf(turns.lag), unit: 'us' },
      'NATS one-way': { figures: figuresOf(turns.alone), unit: 'us' },
    },
    note: 'the follower hears of the row over NATS and then reads it from Postgres; the floor is the message alone, in a tight loop',
  };
};
