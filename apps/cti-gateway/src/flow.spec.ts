import { virtualClock } from '@cordboard/testing';
import { createFlow } from './flow.ts';
import { LOOK_EVERY_BYTES, PAUSE_MS } from './limits.ts';

const setUp = () => {
  const clock = virtualClock();
  const said: string[] = [];
  const room = { filled: 0 };
  const flow = createFlow({
    clock,
    filled: () => room.filled,
    pause: () => void said.push('pause'),
    resume: () => void said.push('resume'),
    whilePaused: () => void said.push('...'),
  });
  return { clock, said, room, flow };
};

describe('reading from a client', () => {
  it('goes on while few events wait', () => {
    const { flow, said, room, clock } = setUp();
    room.filled = 0.99;
    for (let n = 0; n < 100; n += 1) flow.heard(LOOK_EVERY_BYTES);
    expect([said, clock.waiting()]).toEqual([[], 0]);
  });

  it('stops when too many wait, until half of them are taken', () => {
    const { flow, said, room, clock } = setUp();
    room.filled = 1;
    flow.heard(LOOK_EVERY_BYTES - 1);
    expect(said).toEqual([]);
    flow.heard(1);
    flow.heard(LOOK_EVERY_BYTES);
    room.filled = 0.5;
    clock.advance(PAUSE_MS);
    expect(said).toEqual(['pause', '...']);
    room.filled = 0.49;
    clock.advance(PAUSE_MS);
    expect(said).toEqual(['pause', '...', '...', 'resume']);
    expect(clock.waiting()).toBe(0);
    room.filled = 1;
    flow.heard(LOOK_EVERY_BYTES);
    expect(said.slice(4)).toEqual(['pause']);
  });

  it('goes on at the end', () => {
    const { flow, said, room, clock } = setUp();
    room.filled = 1;
    flow.heard(LOOK_EVERY_BYTES);
    flow.end();
    flow.end();
    expect([said, clock.waiting()]).toEqual([['pause', 'resume'], 0]);
  });
});
