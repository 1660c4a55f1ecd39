import { virtualClock } from '@cordboard/testing';
import { DRAIN_LIMIT_MS, MAX_UNWRITTEN_BYTES, MAX_UNWRITTEN_MESSAGES } from './limits.ts';
import { createWriteQueue } from './write-queue.ts';

const setUp = () => {
  const clock = virtualClock();
  const slow: string[] = [];
  const writes: { readonly bytes: Uint8Array; readonly done: () => void }[] = [];
  const queue = createWriteQueue({
    clock,
    write: (bytes, done) => void writes.push({ bytes, done }),
    onSlow: (why) => void slow.push(why),
  });
  return { clock, slow, writes, queue, drain: () => writes.splice(0).forEach(({ done }) => done()) };
};
const KIB = new Uint8Array(1_024);

describe('what waits to be written', () => {
  it('is written at once and in order', () => {
    const { queue, writes, drain, clock } = setUp();
    queue.push(Uint8Array.of(1));
    queue.push(Uint8Array.of(2));
    expect(writes.map(({ bytes }) => [...bytes])).toEqual([[1], [2]]);
    drain();
    expect(clock.waiting()).toBe(0);
  });

  it('has so many bytes', () => {
    const { queue, slow, writes } = setUp();
    for (let sent = 0; sent < MAX_UNWRITTEN_BYTES; sent += KIB.length) queue.push(KIB);
    expect(slow).toEqual([]);
    queue.push(Uint8Array.of(1));
    queue.push(Uint8Array.of(1));
    expect(slow).toEqual([`left ${MAX_UNWRITTEN_BYTES + 1} bytes unread`]);
    expect(writes).toHaveLength(MAX_UNWRITTEN_BYTES / KIB.length);
  });

  it('has so many messages', () => {
    const { queue, slow, drain } = setUp();
    for (let sent = 0; sent < MAX_UNWRITTEN_MESSAGES; sent += 1) queue.push(Uint8Array.of(1));
    drain();
    for (let sent = 0; sent < MAX_UNWRITTEN_MESSAGES; sent += 1) queue.push(Uint8Array.of(1));
    expect(slow).toEqual([]);
    queue.push(Uint8Array.of(1));
    expect(slow).toEqual([`left ${MAX_UNWRITTEN_MESSAGES + 1} messages unread`]);
  });

  it('is given so much time, from the last bytes that were read', () => {
    const { queue, slow, writes, clock } = setUp();
    queue.push(KIB);
    queue.push(KIB);
    clock.advance(DRAIN_LIMIT_MS - 1);
    writes[0]?.done();
    clock.advance(DRAIN_LIMIT_MS - 1);
    expect(slow).toEqual([]);
    clock.advance(1);
    expect(slow).toEqual(['read nothing for 30 s']);
    writes[1]?.done();
    expect(clock.waiting()).toBe(0);
  });

  it('is nothing once it has ended', () => {
    const { queue, slow, writes, clock } = setUp();
    queue.push(KIB);
    queue.end();
    queue.push(KIB);
    clock.advance(2 * DRAIN_LIMIT_MS);
    expect([slow, writes.length]).toEqual([[], 1]);
  });
});
