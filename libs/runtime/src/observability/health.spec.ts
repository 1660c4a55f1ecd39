import { virtualClock } from '@cordboard/testing';
import { createHealth } from './health.ts';

describe('readiness', () => {
  it('is there when every check passes', async () => {
    const health = createHealth(virtualClock());
    health.register('nats', () => undefined);
    health.register('postgres', async () => undefined);
    expect(await health.ready()).toEqual({ ready: true, checks: { nats: 'ok', postgres: 'ok' } });
  });

  it('says which check failed and why, without secrets', async () => {
    const health = createHealth(virtualClock());
    health.register('nats', () => undefined);
    health.register('postgres', () => {
      throw new Error('postgres://app:hunter2@db refused');
    });
    expect(await health.ready()).toEqual({
      ready: false,
      checks: { nats: 'ok', postgres: 'postgres://[hidden]@db refused' },
    });
  });

  it('gives a check its time, never starts it twice, and takes its answer when it comes', async () => {
    const clock = virtualClock();
    const health = createHealth(clock, 1_000);
    let started = 0;
    let answer: () => void = () => undefined;
    health.register('slow', () => {
      started += 1;
      return new Promise((resolve) => (answer = resolve));
    });
    const first = health.ready();
    const second = health.ready();
    await Promise.resolve();
    clock.advance(1_000);
    const late = { ready: false, checks: { slow: 'no answer within 1000 ms' } };
    expect(await first).toEqual(late);
    expect(await second).toEqual(late);
    const third = health.ready();
    answer();
    expect(await third).toEqual({ ready: true, checks: { slow: 'ok' } });
    expect(started).toBe(1);
    expect(clock.waiting()).toBe(0);
  });

  it('forgets a check that was taken out', async () => {
    const health = createHealth(virtualClock());
    const remove = health.register('start', () => Promise.reject(new Error('starting')));
    expect((await health.ready()).ready).toBe(false);
    remove();
    expect(await health.ready()).toEqual({ ready: true, checks: {} });
  });

  it('is over once the app stops', async () => {
    const health = createHealth(virtualClock());
    health.stopping();
    expect(await health.ready()).toEqual({ ready: false, checks: { app: 'stopping' } });
  });
});
