import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const LIMIT_MS = 300;
const children: ChildProcess[] = [];

/** A process of its own that watches itself: blocks its loop when told `block`, says `alive` when told `answer`. */
const watched = async (
  limitMs: number,
): Promise<{ child: ChildProcess; said: () => string; alive: () => Promise<void> }> => {
  const code = `
    const { startWatchdog } = await import('${new URL('./watchdog.ts', import.meta.url).href}');
    startWatchdog(${limitMs});
    process.on('message', (word) => {
      const end = Date.now() + ${4 * LIMIT_MS};
      while (word === 'block' && Date.now() < end);
      process.send('alive');
    });
    process.on('disconnect', () => process.exit());
    process.send('ready');
  `;
  const child = spawn(process.execPath, [...process.execArgv, '--input-type=module', '-e', code], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  children.push(child);
  let text = '';
  child.stderr?.on('data', (data: Buffer) => (text += data.toString()));
  await once(child, 'message');
  return {
    child,
    said: () => text,
    alive: async () => {
      child.send('answer');
      await once(child, 'message');
    },
  };
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the watchdog', () => {
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('ends a process whose event loop stands still, and says so', async () => {
    const { child, said } = await watched(LIMIT_MS);
    child.send('block');
    const [, signal] = (await once(child, 'close')) as [number | null, string];
    expect(signal).toBe('SIGKILL');
    expect(said()).toMatch(
      new RegExp(`^the event loop has stood still for \\d+ ms; ending process ${child.pid}\n$`),
    );
  });

  it('lets a process live that was stopped as a whole, and any when it is off', async () => {
    const [stopped, unwatched] = await Promise.all([watched(LIMIT_MS), watched(0)]);
    unwatched.child.send('block');
    const unblocked = once(unwatched.child, 'message');
    await stopped.alive();
    stopped.child.kill('SIGSTOP');
    // Not waited for to see how long anything takes: this is the fault itself.
    await pause(3 * LIMIT_MS);
    stopped.child.kill('SIGCONT');
    await Promise.all([stopped.alive(), unblocked]);
    await pause(LIMIT_MS);
    await stopped.alive();
    for (const { child, said } of [stopped, unwatched]) {
      child.disconnect();
      expect(await once(child, 'exit')).toEqual([0, null]);
      expect(said()).toBe('');
    }
  });
});
