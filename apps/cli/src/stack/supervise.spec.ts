import { type Exit } from '@cordboard/embedded';
import { virtualClock } from '@cordboard/testing';
import { type Running, supervise } from './supervise.ts';

interface Fake extends Running {
  readonly end: (exit: Exit) => void;
  readonly stops: () => number;
}

const fakeProcess = (): Fake => {
  let end: (exit: Exit) => void = () => undefined;
  let stops = 0;
  const exited = new Promise<Exit>((resolve) => {
    end = resolve;
  });
  const stop = async (): Promise<void> => {
    stops += 1;
    end({ code: 0, signal: null });
  };
  return { exited, stop, end: (exit) => end(exit), stops: () => stops };
};

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

const CRASH: Exit = { code: 1, signal: null };

/** A supervised process whose starts are told by `starts`: a process, or an error. */
const given = async (failures: readonly number[] = []) => {
  const clock = virtualClock();
  const said: string[] = [];
  const started: Fake[] = [];
  let count = 0;
  const start = async (): Promise<Fake> => {
    count += 1;
    if (failures.includes(count)) throw new Error('no port');
    const fake = fakeProcess();
    started.push(fake);
    return fake;
  };
  const supervision = await supervise({ name: 'session-2', start, clock, say: (line) => said.push(line) });
  const crash = async (exit: Exit = CRASH): Promise<void> => {
    started.at(-1)?.end(exit);
    await settle();
  };
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settle();
  };
  return { clock, said, started, supervision, crash, pass, count: () => count };
};

describe('supervise', () => {
  it('starts an ended process again after 0.2 s and says so', async () => {
    const { said, started, crash, pass } = await given();
    await crash();
    expect(said).toEqual(['session-2 ended (code 1); restarting in 0.2 s']);
    await pass(199);
    expect(started).toHaveLength(1);
    await pass(1);
    expect(started).toHaveLength(2);
    expect(said.at(-1)).toBe('session-2 runs again');
  });

  it('names the signal that ended it', async () => {
    const { said, crash } = await given();
    await crash({ code: null, signal: 'SIGKILL' });
    expect(said).toEqual(['session-2 ended (SIGKILL); restarting in 0.2 s']);
  });

  it('waits twice as long each time, five seconds at most', async () => {
    const { said, crash, pass } = await given();
    for (let turn = 0; turn < 7; turn += 1) {
      await crash();
      await pass(5000);
    }
    const pauses = said.flatMap((line) => /restarting in (.*)$/.exec(line)?.[1] ?? []);
    expect(pauses).toEqual(['0.2 s', '0.4 s', '0.8 s', '1.6 s', '3.2 s', '5 s', '5 s']);
  });

  it('begins with a short pause again when the process had recovered', async () => {
    const { said, crash, pass } = await given();
    await crash();
    await pass(200);
    await pass(30_000);
    await crash();
    expect(said.at(-1)).toBe('session-2 ended (code 1); restarting in 0.2 s');
  });

  it('tries again when a restart fails', async () => {
    const { said, started, crash, pass } = await given([2, 3]);
    await crash();
    await pass(200);
    expect(said.at(-1)).toBe('session-2 did not start: no port; trying again in 0.4 s');
    await pass(400);
    await pass(800);
    expect(started).toHaveLength(2);
    expect(said.at(-1)).toBe('session-2 runs again');
  });

  it('leaves the error of the first start to the caller', async () => {
    await expect(given([1])).rejects.toThrow('no port');
  });

  it('stops what runs and starts nothing afterwards', async () => {
    const { clock, said, started, supervision, pass } = await given();
    await supervision.stop();
    await pass(60_000);
    expect(started.map(({ stops }) => stops())).toEqual([1]);
    expect(said).toEqual([]);
    expect(clock.waiting()).toBe(0);
  });

  it('calls off a restart that waits', async () => {
    const { supervision, crash, pass, count } = await given();
    await crash();
    await supervision.stop();
    await pass(60_000);
    expect(count()).toBe(1);
  });

  it('stops a process whose restart was under way', async () => {
    const { clock, started, supervision, crash } = await given();
    await crash();
    clock.advance(200);
    await supervision.stop();
    expect(started.map(({ stops }) => stops())).toEqual([0, 1]);
  });
});
