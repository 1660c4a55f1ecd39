import { type Bus, type BusMessage } from '@cordboard/bus';
import { count, virtualClock } from '@cordboard/testing';
import { HeardSessions } from './heard-sessions.ts';
import { missedFrames } from './missed-frames.ts';
import { Ring } from './ring.ts';
import { type Frame } from './splice.ts';

const PAGE = 500;
const S = '01890a5d-ac96-774b-bcce-b302099a8057';
const frame = (sequence: number, previous: number | null, text = `${sequence}`): Frame => ({
  sequence,
  previous,
  text,
});
/** Frames 2, 4, 6 and so on: internal rows stand between them. */
const chain = (from: number, to: number): readonly Frame[] =>
  Array.from({ length: (to - from) / 2 }, (_, n) => frame(from + 2 * n + 2, from + 2 * n || null));
const ringOf = (frames: readonly Frame[]): Ring => {
  const ring = new Ring();
  for (const each of frames) ring.add(each);
  return ring;
};
const sequences = (frames: readonly Frame[]) => frames.map(({ sequence }) => sequence);

describe('Ring', () => {
  it('keeps what follows without a gap, each once', () => {
    const ring = ringOf([...chain(4, 10), frame(8, 6), ...chain(4, 8)]);
    expect([ring.from, ring.last, sequences(ring.between(6, 8))]).toEqual([4, 10, [8]]);
  });

  it('drops what is before a gap', () => {
    const ring = ringOf([...chain(0, 6), frame(10, 8)]);
    expect([ring.from, ring.last, ring.bytes]).toEqual([8, 10, 2]);
  });

  it('is bounded in frames and in bytes', () => {
    expect(ringOf(chain(0, 1_000)).from).toBe(1_000 - 512);
    const wide = chain(0, 200).map((each) => ({ ...each, text: 'é'.repeat(1_024) }));
    const ring = ringOf(wide);
    expect([ring.bytes, ring.from]).toEqual([64 * 1_024, 200 - 64]);
    ring.add(frame(202, 200, 'x'.repeat(70_000)));
    expect([ring.bytes, ring.from, ring.last]).toEqual([0, null, 0]);
    ring.add(frame(204, 202));
    expect([ring.from, ring.last]).toEqual([202, 204]);
  });
});

describe('missedFrames', () => {
  const missed = async (after: number, upTo: number, kept: readonly Frame[], stored = chain(0, 20)) => {
    const reads: (readonly [number, number])[] = [];
    const found = await missedFrames({
      after,
      upTo,
      ring: ringOf(kept),
      read: async (from, to) => {
        reads.push([from, to]);
        return stored.filter(({ sequence }) => sequence > from && sequence <= to).slice(0, PAGE);
      },
    });
    return { reads, found: found && [found.from, sequences(found.frames)] };
  };

  type Row = [string, [number, number], readonly Frame[], number[][], unknown];

  it.each([
    ['nothing', [20, 20], [], [], ['ring', []]],
    ['all that the ring holds', [10, 14], chain(6, 20), [], ['ring', [12, 14]]],
    ['the beginning from the log', [4, 10], chain(6, 20), [[4, 6]], ['log', [6, 8, 10]]],
    ['the end from the log', [4, 10], chain(4, 6), [[4, 10]], ['log', [6, 8, 10, 6]]],
    ['everything from the log', [0, 4], [], [[0, 4]], ['log', [2, 4]]],
    ['no place between two of its events', [7, 10], chain(4, 20), [], null],
    ['no place between two stored events', [7, 10], [], [[7, 10]], null],
    ['no place behind the end', [30, 20], chain(4, 20), [], null],
    [
      'no more than is stored',
      [4, 30],
      chain(4, 20),
      [
        [4, 30],
        [20, 30],
      ],
      null,
    ],
  ] as Row[])('gives %s', async (_case, span, ...rest) => {
    const [kept, reads, found] = rest;
    expect(await missed(...span, kept)).toEqual({ reads, found });
  });

  it('gives nothing rather than too much, or when the log cannot be read', async () => {
    expect((await missed(0, 2_000, [], chain(0, 2_000))).found).not.toBeNull();
    const tooMany = await missed(0, 9_000, [], chain(0, 9_000));
    expect([tooMany.found, tooMany.reads.length]).toEqual([null, 3]);
    const wide = chain(0, 20).map((each) => ({ ...each, text: 'x'.repeat(60_000) }));
    expect((await missed(0, 20, [], wide)).found).toBeNull();
    const signs = chain(0, 20).map((each) => ({ ...each, text: '€'.repeat(20_000) }));
    expect((await missed(0, 20, [], signs)).found).toBeNull();
    const read = () => Promise.reject(new Error('down'));
    expect(await missedFrames({ after: 0, upTo: 4, ring: new Ring(), read })).toBeNull();
  });
});

describe('HeardSessions', () => {
  const open = (keepMs = 1_000) => {
    const handlers = new Map<string, (message: BusMessage) => void>();
    const subscribed: string[] = [];
    const clock = virtualClock();
    const sizes: number[] = [];
    const counted = { sessions: 0 };
    const bus: Pick<Bus, 'subscribe'> = {
      subscribe: (subject, handler) => {
        subscribed.push(subject);
        handlers.set(subject, handler);
        return { unsubscribe: () => void handlers.delete(subject) };
      },
    };
    const heard = new HeardSessions({
      bus,
      clock,
      keepMs,
      onMalformed: () => undefined,
      onBytes: (bytes) => void sizes.push(bytes),
      onSessions: (sessions) => (counted.sessions = sessions),
    });
    const say = async (event: string, body: object, session = S): Promise<void> => {
      const address = { kind: 'event', tenant: 'demo', target: { session }, event } as const;
      for (const [subject, handler] of handlers) {
        if (!subject.includes(session)) continue;
        handler({ subject, address, body: JSON.stringify(body), headers: {} });
      }
      await Promise.resolve();
    };
    return { heard, handlers, subscribed, clock, sizes, counted, say };
  };
  const ignore = (): void => undefined;

  it('hears a session once for all, on for a while after the last, and then no more', async () => {
    const { heard, handlers, subscribed, clock, say, sizes } = open();
    const told: string[] = [];
    const [one, two] = ['one', 'two'].map((name) =>
      heard.hear('demo', S, ({ kind }) => told.push(`${name} ${kind}`)),
    );
    await say('state.updated', { sequence: 1, previous: null });
    expect(told).toEqual(['one object', 'two object']);
    one?.keep();
    one?.stop();
    two?.stop();
    clock.advance(999);
    await say('state.updated', { sequence: 2, previous: 1 });
    heard.hear('demo', S, ignore).stop();
    const back = heard.hear('demo', S, ignore);
    expect([back.ring.from, back.ring.last, count(subscribed, subscribed[0] ?? '')]).toEqual([0, 2, 1]);
    back.stop();
    back.stop();
    clock.advance(1_000);
    expect([handlers.size, sizes.at(-1), clock.waiting()]).toEqual([0, 0, 0]);
  });

  it('keeps nothing of a session that nobody was let into', async () => {
    const { heard, handlers, clock, say, sizes, counted } = open();
    for (let n = 0; n < 1_000; n += 1) {
      const { stop } = heard.hear('demo', S, ignore);
      await say('state.updated', { sequence: n + 1, previous: n || null });
      stop();
    }
    expect([handlers.size, counted.sessions, sizes.at(-1), clock.waiting()]).toEqual([0, 0, 0, 0]);
  });

  it('does not wait for anybody to come back to a session that has ended', async () => {
    const { heard, handlers, clock, say } = open();
    const left = heard.hear('demo', S, ignore);
    left.keep();
    left.stop();
    await say('internal_SessionClosed', { data: {} });
    expect([handlers.size, clock.waiting()]).toEqual([0, 0]);
    const { keep, stop } = heard.hear('demo', S, ignore);
    keep();
    await say('internal_SessionClosed', { data: {} });
    expect(handlers.size).toBe(1);
    stop();
    expect([handlers.size, clock.waiting()]).toEqual([0, 0]);
  });

  it('empties the rings that were not used for the longest time when all grow too large', async () => {
    const { heard, handlers, say, sizes } = open();
    const id = (n: number): string => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`;
    const wide = { sequence: 1, previous: null, text: 'x'.repeat(60 * 1_024) };
    const rings: Ring[] = [];
    for (let n = 0; n < 1_100; n += 1) {
      const hearing = heard.hear('demo', id(n), ignore);
      rings.push(hearing.ring);
      hearing.keep();
      if (n === 0) hearing.stop();
      handlers.forEach((_handler, subject) =>
        subject.includes(id(n)) ? undefined : handlers.delete(subject),
      );
      await say('state.updated', wide, id(n));
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1_024 * 1_024 + 61 * 1_024);
    expect(sizes.at(-1)).toBeLessThanOrEqual(64 * 1_024 * 1_024);
    expect([rings[1]?.last, rings.at(-1)?.last]).toEqual([0, 1]);
    heard.stop();
    expect(sizes.at(-1)).toBe(0);
  });
});
