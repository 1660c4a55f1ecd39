import { EventEmitter } from 'node:events';
import { virtualClock } from '@cordboard/testing';
import { watchShutdown } from './shutdown.ts';

const settle = (): Promise<void> => new Promise(setImmediate);

const watch = (stop: () => Promise<void>) => {
  const events = new EventEmitter();
  const exits: number[] = [];
  const said: string[] = [];
  const clock = virtualClock();
  const say = (message: string, context?: unknown): void =>
    void said.push(`${message} ${JSON.stringify(context)}`);
  const stopped: string[] = [];
  watchShutdown({
    process: {
      env: {},
      stderr: { write: () => undefined },
      on: (event, listener) => events.on(event, listener),
      exit: (code) => void exits.push(code),
    },
    logger: { debug: say, info: say, warn: say, error: say },
    clock,
    limitMs: 10_000,
    stop: async () => {
      stopped.push('stop');
      await stop();
    },
  });
  return { events, exits, said, clock, stopped };
};

const never = (): Promise<void> => new Promise(() => undefined);

describe('the end of a process', () => {
  it.each(['SIGTERM', 'SIGINT', 'disconnect'])('comes in order after %s', async (signal) => {
    const { events, exits, stopped, clock } = watch(async () => undefined);
    events.emit(signal);
    expect(exits).toEqual([]);
    await settle();
    expect(stopped).toEqual(['stop']);
    expect(exits).toEqual([0]);
    expect(clock.waiting()).toBe(0);
  });

  it('comes at once after a second signal', async () => {
    const { events, exits, stopped } = watch(never);
    events.emit('SIGTERM');
    await settle();
    expect(exits).toEqual([]);
    events.emit('SIGINT');
    expect(exits).toEqual([1]);
    expect(stopped).toEqual(['stop']);
  });

  it('is not hurried by the supervisor going away meanwhile', async () => {
    const { events, exits, stopped } = watch(never);
    events.emit('SIGTERM');
    events.emit('disconnect');
    await settle();
    expect(exits).toEqual([]);
    expect(stopped).toEqual(['stop']);
  });

  it('is forced when stopping takes too long', () => {
    const { events, exits, clock, said } = watch(never);
    events.emit('SIGTERM');
    clock.advance(9_999);
    expect(exits).toEqual([]);
    clock.advance(1);
    expect(exits).toEqual([1]);
    expect(said.join()).toContain('took too long');
  });

  it('says so when stopping failed', async () => {
    const { events, exits, said } = watch(() => Promise.reject(new Error('no')));
    events.emit('SIGTERM');
    await settle();
    expect(exits).toEqual([1]);
    expect(said.join()).toContain('stopping failed');
  });

  it.each(['uncaughtException', 'unhandledRejection'])('comes with code 1 after %s', (event) => {
    const { events, exits, said } = watch(never);
    events.emit(event, new Error('surprise'));
    expect(exits).toEqual([1]);
    expect(said.join()).toContain('nobody caught');
  });
});
