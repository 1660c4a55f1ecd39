import { virtualClock } from '@cordboard/testing';
import fc from 'fast-check';
import { type EventStore } from '../event-store.ts';
import { type Checkpoint, type LaneMark } from '../lanes.ts';
import { emptyLog } from '../memory/memory-log.ts';
import { createMemoryStore } from '../memory/memory-store.ts';
import { type StoredEvent } from '../record.ts';
import { draft, type Writer, writerOf } from '../specimen.ts';
import { checkpointSince } from './checkpoint-since.ts';
import { createFollower } from './follower.ts';
import { type FollowerOptions } from './ports.ts';

const LIST_MS = 5_000;

/** A log, stores that write on lanes of their own, and a wire for marks. */
const house = () => {
  const clock = virtualClock();
  const log = emptyLog();
  const listeners = new Set<(mark: LaneMark) => void>();
  const open = (workerId: string): EventStore => createMemoryStore({ log, now: clock.now, workerId });
  const turn = async (): Promise<void> => {
    for (let n = 0; n < 40; n += 1) await new Promise(setImmediate);
  };
  /** Appends `rows` rows of a session; the mark is what would be published. */
  const write = async (store: EventStore, writer: Writer, rows = 1): Promise<LaneMark> => {
    const stored = await store.append(writer.next(Array.from({ length: rows }, () => draft())));
    if (!stored.ok) throw new Error(stored.error.kind);
    return { lane: stored.value.lane, wpos: stored.value.wpos + rows - 1 };
  };
  const tell = async (...marks: readonly LaneMark[]): Promise<void> => {
    for (const mark of marks) for (const listener of listeners) listener(mark);
    await turn();
  };
  const follow = (options: Partial<FollowerOptions> = {}) => {
    const rows: StoredEvent[] = [];
    const troubles: string[] = [];
    const follower = createFollower({
      log: open('reader'),
      signals: {
        subscribe: (listener) => {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
      clock,
      from: null,
      onRows: (given) => void rows.push(...given),
      onTrouble: ({ message }) => troubles.push(message),
      ...options,
    });
    return { ...follower, rows, troubles };
  };
  return { clock, log, open, turn, write, tell, follow, listeners };
};

const places = (rows: readonly StoredEvent[]): readonly string[] =>
  rows.map(({ lane, wpos }) => `${String(lane)}:${String(wpos)}`);

const expectOnceInOrder = (rows: readonly StoredEvent[]): void => {
  const last = new Map<string, number>();
  for (const { sessionId, seq } of rows) {
    expect(seq).toBe((last.get(sessionId) ?? 0) + 1);
    last.set(sessionId, seq);
  }
};

describe('a follower', () => {
  it('catches up from its checkpoint, and goes on by marks', async () => {
    const { open, write, tell, follow } = house();
    const [one, two] = [open('w1'), open('w2')];
    const [first, second] = [writerOf('t'), writerOf('t')];
    await write(one, first, 3);
    await write(two, second, 2);
    const early = follow();
    await early.caughtUp();
    expect(places(early.rows)).toEqual(['1:1', '1:2', '1:3', '2:1', '2:2']);
    const from = early.checkpoint();
    expect(from).toEqual({ done: 0, lanes: { 1: 3, 2: 2 } });
    await early.stop();

    await write(one, first);
    const late = follow({ from });
    await late.caughtUp();
    expect(places(late.rows)).toEqual(['1:4']);
    await tell(await write(two, second));
    expect(places(late.rows)).toEqual(['1:4', '2:3']);
    await late.stop();
  });

  it('may begin where rows of a time begin', async () => {
    const { open, log, follow } = house();
    const at = async (store: EventStore, writer: Writer, ...times: readonly number[]): Promise<void> => {
      await store.append(writer.next(times.map((time) => draft({ at: time }))));
    };
    const [one, two, three, empty] = [open('w1'), open('w2'), open('w3'), open('w4')];
    const writer = writerOf('t');
    await at(one, writer, 1, 2, 3);
    await at(two, writer, 4, 5, 6, 7, 8, 9);
    await at(one, writer, 10, 11);
    await at(three, writerOf('t'), 12);
    await empty.openLane();
    log.lanes.forEach((lane) => (lane.closed = true));
    const begins = async (since: number) => (await checkpointSince(open('reader'), since)).lanes;
    expect(await begins(0)).toEqual({});
    expect(await begins(7)).toEqual({ 1: 3, 2: 3 });
    expect(await begins(11)).toEqual({ 1: 4, 2: 6 });
    expect(await begins(99)).toEqual({ 1: 5, 2: 6, 3: 1 });
    const follower = follow({ from: await checkpointSince(open('reader'), 7) });
    await follower.caughtUp();
    await follower.caughtUp();
    expect(follower.rows.map((row) => row.at).toSorted((a, b) => a - b)).toEqual([7, 8, 9, 10, 11, 12]);
    expect(follower.checkpoint()).toEqual({ done: 4, lanes: {} });
    await follower.stop();
  });

  it('gives what was published and lost when the next mark comes', async () => {
    const { open, write, tell, follow, turn } = house();
    const store = open('w1');
    const follower = follow();
    await follower.caughtUp();
    await write(store, writerOf('t'));
    await write(store, writerOf('t'), 2);
    await turn();
    expect(follower.rows).toEqual([]);
    await tell(await write(store, writerOf('t')));
    expect(places(follower.rows)).toEqual(['1:1', '1:2', '1:3', '1:4']);
    await follower.stop();
  });

  it('gives a lost last one when the beacon comes, and not twice', async () => {
    const { open, write, tell, follow } = house();
    const store = open('w1');
    const follower = follow();
    await follower.caughtUp();
    await write(store, writerOf('t'));
    const beacon = store.lane();
    for (let n = 0; n < 3; n += 1) await tell(beacon!);
    expect(places(follower.rows)).toEqual(['1:1']);
    await follower.stop();
  });

  it('finds by the list of lanes, slowly, what nobody told of', async () => {
    const { open, write, follow, turn, clock } = house();
    const follower = follow();
    await follower.caughtUp();
    await write(open('w1'), writerOf('t'));
    clock.advance(LIST_MS - 1);
    await turn();
    expect(follower.rows).toEqual([]);
    clock.advance(1);
    await turn();
    expect(places(follower.rows)).toEqual(['1:1']);
    await follower.stop();
  });

  it('reads closed lanes to their end and lets them go', async () => {
    const { open, write, follow, log } = house();
    for (let n = 0; n < 3; n += 1) {
      const store = open(`w${String(n)}`);
      await write(store, writerOf('t'), 2);
      if (n !== 1) await store.close();
    }
    const follower = follow();
    await follower.caughtUp();
    await follower.caughtUp();
    expect(follower.checkpoint()).toEqual({ done: 1, lanes: { 2: 2, 3: 2 } });
    log.lanes[1]!.closed = true;
    await follower.caughtUp();
    expect(follower.checkpoint()).toEqual({ done: 3, lanes: {} });
    expectOnceInOrder(follower.rows);
    await follower.stop();
  });

  it('waits a minute for a number that is not listed: its lane may be opening', async () => {
    const { open, write, tell, follow, log, clock } = house();
    const lists = open('reader');
    const follower = follow({
      log: { ...lists, lanes: async (after) => (await lists.lanes(after)).filter(({ lane }) => lane !== 1) },
    });
    const [one, two] = [open('w1'), open('w2')];
    const mark = await write(one, writerOf('t'));
    await write(two, writerOf('t'));
    log.lanes[1]!.closed = true;
    await follower.caughtUp();
    await follower.caughtUp();
    expect(follower.checkpoint()).toEqual({ done: 0, lanes: { 2: 1 } });
    await tell(mark);
    expect(places(follower.rows)).toEqual(['2:1', '1:1']);
    clock.advance(60_000);
    await follower.caughtUp();
    expect(follower.checkpoint()).toEqual({ done: 2, lanes: {} });
    await follower.stop();
  });

  it('keeps the order of a session that moves between lanes', async () => {
    const { open, write, tell, follow } = house();
    const [one, two] = [open('w1'), open('w2')];
    const follower = follow();
    await follower.caughtUp();
    const writer = writerOf('t');
    await write(one, writer, 2);
    const moved = await write(two, writer);
    await write(one, writer);
    await tell(moved);
    expect(follower.rows.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    await tell(one.lane()!);
    expect(follower.rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    await follower.stop();
  });

  it('is not stopped by a mark of rows that are not there', async () => {
    const { open, write, tell, follow } = house();
    const store = open('w1');
    const follower = follow();
    await tell({ lane: 1, wpos: 1_000 }, { lane: 99, wpos: 5 });
    await tell(await write(store, writerOf('t')));
    expect(places(follower.rows)).toEqual(['1:1']);
    await follower.stop();
  });

  it('gives bounded pages, the next one when the last was taken', async () => {
    const { open, write, follow, turn } = house();
    const store = open('w1');
    await write(store, writerOf('t'), 1_200);
    const pages: number[] = [];
    let take = (): void => undefined;
    const follower = follow({
      onRows: (rows) => {
        pages.push(rows.length);
        return new Promise((resolve) => (take = resolve));
      },
    });
    await turn();
    expect(pages).toEqual([500]);
    expect(follower.checkpoint().lanes).toEqual({});
    take();
    await turn();
    expect(pages).toEqual([500, 500]);
    expect(follower.checkpoint().lanes).toEqual({ 1: 500 });
    const stopping = follower.stop();
    take();
    await stopping;
    expect(pages).toEqual([500, 500]);
  });

  it('goes on when reading or taking fails for a while', async () => {
    const { open, write, follow, turn, clock } = house();
    const store = open('w1');
    let failures = 4;
    const fail = <T>(value: T): T => {
      if ((failures -= 1) >= 0) throw new Error('down');
      return value;
    };
    const log = open('reader');
    const rows: StoredEvent[] = [];
    await write(store, writerOf('t'), 2);
    const follower = follow({
      log: {
        ...log,
        lanes: async (after) => (failures > 2 ? fail([]) : log.lanes(after)),
        readLane: async (...given) => (failures > 1 ? fail([]) : log.readLane(...given)),
      },
      onRows: (given) => void fail(rows).push(...given),
    });
    for (let n = 0; n < 6; n += 1) {
      clock.advance(5_000);
      await turn();
    }
    expect(follower.troubles).toEqual(['down', 'down', 'down', 'down']);
    expect(places(rows)).toEqual(['1:1', '1:2']);
    await follower.stop();
  });

  it('leaves nothing behind when it is stopped', async () => {
    const { follow, clock, listeners, turn } = house();
    const follower = follow();
    await follower.caughtUp();
    await turn();
    const waiting = follower.caughtUp();
    const refused = expect(waiting).rejects.toThrow('stopped');
    await follower.stop();
    await refused;
    await expect(follower.caughtUp()).rejects.toThrow('stopped');
    expect([clock.waiting(), listeners.size]).toEqual([0, 0]);
  });

  it('gives each row once, in order, however lanes, marks and restarts come together', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            { weight: 8, arbitrary: fc.record({ store: fc.nat(2), session: fc.nat(3), told: fc.boolean() }) },
            { weight: 1, arbitrary: fc.constantFrom('leave' as const, 'restart' as const) },
          ),
          { minLength: 5, maxLength: 40 },
        ),
        async (steps) => {
          const { open, write, tell, follow, log } = house();
          const stores = [0, 1, 2].map((n) => open(`w${String(n)}`));
          const writers = [0, 1, 2, 3].map(() => writerOf('t'));
          const rows: StoredEvent[] = [];
          let from: Checkpoint | null = null;
          const start = () => follow({ from, onRows: (given) => void rows.push(...given) });
          let follower = start();
          for (const step of steps) {
            if (step === 'leave') log.lanes.forEach((lane) => (lane.closed = true));
            else if (step === 'restart') {
              await follower.stop();
              from = follower.checkpoint();
              follower = start();
            } else {
              const mark = await write(stores[step.store]!, writers[step.session]!);
              if (step.told) await tell(mark);
            }
          }
          await follower.caughtUp();
          await follower.stop();
          expectOnceInOrder(rows);
          expect(rows).toHaveLength([...log.streams.values()].flat().length);
        },
      ),
      { numRuns: 40 },
    ));
});
