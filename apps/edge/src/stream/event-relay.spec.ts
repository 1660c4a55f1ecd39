import { virtualClock } from '@cordboard/testing';
import fc from 'fast-check';
import { EventRelay } from './event-relay.ts';
import { type Frame } from './splice.ts';

const chainOf = (length: number): readonly Frame[] =>
  Array.from({ length }, (_, index) => ({
    sequence: (index + 1) * 3,
    previous: index === 0 ? null : index * 3,
    text: String((index + 1) * 3),
  }));

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

const setUp = (log: readonly Frame[], pageSize = 500) => {
  const clock = virtualClock();
  const sent: number[] = [];
  const said: string[] = [];
  let failures = 0;
  const relay = new EventRelay({
    clock,
    read: async (after) => {
      if (failures > 0) {
        failures -= 1;
        throw new Error('down');
      }
      return log.filter(({ sequence }) => sequence > after).slice(0, pageSize);
    },
    send: (text) => void sent.push(Number(text)),
    onRepair: () => void said.push('repair'),
    onBroken: () => void said.push('broken'),
  });
  return { clock, relay, sent, said, fail: (times: number) => (failures = times) };
};

const sequences = (frames: readonly Frame[]) => frames.map(({ sequence }) => sequence);

describe('EventRelay', () => {
  const frames = chainOf(6);
  const [first, second, third, fourth] = frames as [Frame, Frame, Frame, Frame];

  it('holds what comes until it knows what the browser has', () => {
    const { relay, sent, said } = setUp(frames);
    relay.offer(first);
    relay.offer(second);
    expect(sent).toEqual([]);
    relay.release(3);
    relay.offer(third);
    expect(sent).toEqual([6, 9]);
    expect(said).toEqual([]);
    expect(relay.last).toBe(9);
  });

  it('closes a gap from the log before it goes on', async () => {
    const { relay, sent, said } = setUp(frames.slice(0, 4));
    relay.release(0);
    relay.offer(first);
    relay.offer(fourth);
    expect(sent).toEqual([3]);
    await settle();
    expect(sent).toEqual([3, 6, 9, 12]);
    expect(said).toEqual(['repair']);
  });

  it('reads page by page', async () => {
    const { clock, relay, sent } = setUp(frames, 2);
    relay.release(0);
    relay.offer(frames[5] as Frame);
    for (let page = 0; page < 3; page += 1) {
      await settle();
      clock.advance(0);
    }
    expect(sent).toEqual(sequences(frames));
  });

  it('finds a lost last message by an announcement', async () => {
    const { relay, sent } = setUp(frames.slice(0, 2));
    relay.release(0);
    relay.offer(first);
    relay.announce(3);
    await settle();
    expect(sent).toEqual([3]);
    relay.announce(6);
    await settle();
    expect(sent).toEqual([3, 6]);
  });

  it('tries again while the log cannot be read, and gives up in the end', async () => {
    const { clock, relay, sent, said, fail } = setUp(frames);
    relay.release(0);
    fail(3);
    relay.offer(second);
    for (let turn = 0; turn < 4; turn += 1) {
      await settle();
      clock.advance(1_000);
    }
    await settle();
    expect(sent).toEqual(sequences(frames));
    fail(100);
    relay.offer({ sequence: 99, previous: 96, text: '99' });
    for (let turn = 0; turn < 8; turn += 1) {
      await settle();
      clock.advance(10_000);
    }
    expect(said).toEqual(['repair', 'repair', 'broken']);
    expect(clock.waiting()).toBe(0);
  });

  it('keeps a bounded number of frames and reads the rest', async () => {
    const long = chainOf(2_000);
    const { clock, relay, sent } = setUp(long);
    for (const frame of long) relay.offer(frame);
    relay.release(0);
    for (let page = 0; page < 6; page += 1) {
      await settle();
      clock.advance(0);
    }
    expect(sent).toEqual(sequences(long));
  });

  describe('a passing frame', () => {
    const passing = (sequence: number, text = '1000'): Frame => ({ sequence, previous: sequence, text });

    it('goes out at once and moves nothing', () => {
      const { relay, sent, said } = setUp(frames);
      relay.release(0);
      relay.offer(first);
      relay.offer(passing(3));
      relay.offer(passing(3));
      relay.offer(second);
      expect(sent).toEqual([3, 1000, 1000, 6]);
      expect([relay.last, said]).toEqual([6, []]);
    });

    it('waits for its place while the place of the browser is not known', () => {
      const { relay, sent } = setUp(frames);
      relay.offer(first);
      relay.offer(passing(3, '1003'));
      relay.offer(second);
      relay.offer(passing(6, '1006'));
      relay.offer(third);
      relay.release(3);
      expect(sent).toEqual([1003, 6, 1006, 9]);
    });

    it('waits for what was lost before it, and tells of the loss', async () => {
      const { relay, sent, said } = setUp(frames.slice(0, 3));
      relay.release(0);
      relay.offer(first);
      relay.offer(passing(9));
      expect(sent).toEqual([3]);
      await settle();
      expect(sent).toEqual([3, 6, 9, 1000]);
      expect(said).toEqual(['repair']);
    });

    it('is dropped when later frames have overtaken it', () => {
      const { relay, sent, said } = setUp(frames);
      relay.release(6);
      relay.offer(passing(3));
      relay.offer(third);
      relay.stop();
      relay.offer(passing(9));
      expect(sent).toEqual([9]);
      expect(said).toEqual([]);
    });
  });

  it('sends nothing after it was stopped', async () => {
    const { clock, relay, sent } = setUp(frames);
    relay.release(0);
    relay.offer(second);
    relay.stop();
    await settle();
    relay.offer(first);
    expect(sent).toEqual([]);
    expect(clock.waiting()).toBe(0);
  });

  it('delivers every event once and in order, whatever the line does to them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }).chain((length) =>
          fc.record({
            length: fc.constant(length),
            arriving: fc.array(fc.nat({ max: length - 1 }), { maxLength: 60 }),
            releaseAt: fc.nat({ max: 60 }),
            cursor: fc.nat({ max: length }),
          }),
        ),
        async ({ length, arriving, releaseAt, cursor }) => {
          const log = chainOf(length);
          const { relay, sent } = setUp(log);
          const have = cursor === 0 ? 0 : (log[cursor - 1]?.sequence ?? 0);
          arriving.forEach((index, at) => {
            if (at === releaseAt) relay.release(have);
            relay.offer(log[index] as Frame);
          });
          relay.release(have);
          relay.announce(length * 3);
          await settle();
          expect(sent).toEqual(sequences(log).filter((sequence) => sequence > have));
        },
      ),
      { numRuns: 50 },
    );
  });
});
