import { CLOSE_CODES, COMMAND_BURST, MAX_UNANSWERED } from '@cordboard/agent-protocol';
import { eventually, type Stack, startStack } from '@cordboard/testing';
import { type Agent, signIn, succeeded, tokenFor } from './support/agent.ts';
import { controlOf } from './support/control.ts';
import { Desktop, event, type Frame } from './support/desktop.ts';
import { type Sent, wildFrame, type Whereabouts } from './support/frame-mutations.ts';
import { memoryOf } from './support/processes.ts';
import { type Random, randomFrom } from './support/random.ts';

const FRAMES = Number(process.env['FRAMES'] ?? 10_000);
const SEED = Number(process.env['FRAMES_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const MINUTES = 60_000;

/** As many as one socket may send at once, with room to spare. */
const BATCH = Math.min(COMMAND_BURST - 10, MAX_UNANSWERED + 20);
const FUZZERS = ['1001', '1002', '1003', '1004'];
const VICTIM = '1009';
const MARK = 'MARKER-4f1b';

/** How a server may end a connection on purpose. */
const DEFINED = [1000, 1001, 1007, 1009, ...Object.values(CLOSE_CODES).map(({ code }) => code)];
/** Heaps breathe; a leak of a few hundred bytes a frame would show. */
const GROWTH_MIB = 120;
const WARM_UP = 0.3;

let stack: Stack;
let victim: Agent;
let foreign: readonly string[];

/** A session of another agent whose data nobody else may see. */
const plant = async (): Promise<void> => {
  victim = await signIn(stack.edgeUrl, VICTIM);
  const { desktop, channel } = victim;
  succeeded(await desktop.ask('channel.request.activate', channel));
  await desktop.until(event('state.updated', 'ACTIVE'), 0);
  const call = { to: VICTIM, from: '+12025550199', name: MARK, data: { secret: MARK } };
  await controlOf(stack.simulatorUrl).place(call);
  const offered = await desktop.until(event('interaction.initialized'), 0);
  const leg = desktop.frames.find(event('conversation.initialized'));
  foreign = [victim.session, channel.split('.').slice(0, 2).join('.'), channel];
  foreign = [...foreign, offered.target ?? '', leg?.target ?? ''];
};

beforeAll(async () => {
  stack = await startStack({ workers: 2 });
  await plant();
}, MINUTES);
afterAll(async () => stack.stop());

interface Line {
  readonly desktop: Desktop;
  readonly where: Whereabouts;
}

const targetsIn = (frames: readonly Frame[]): readonly string[] => [
  ...new Set(
    frames.flatMap(({ target, messageType }) => (messageType === 'objectEvent' && target ? [target] : [])),
  ),
];

/** Every third connection says nothing before the storm, the others have a session at work. */
const open = async (agent: string, round: number): Promise<Line> => {
  if (round % 3 === 2) {
    const desktop = await Desktop.open(
      stack.edgeUrl,
      await tokenFor(stack.edgeUrl, agent),
      `${agent}-${round}`,
    );
    return { desktop, where: { agent, session: victim.session, own: [], foreign } };
  }
  const { desktop, session } = await signIn(stack.edgeUrl, agent);
  return { desktop, where: { agent, session, own: targetsIn(desktop.events), foreign } };
};

const answersOf = ({ frames }: Desktop): number => frames.filter(({ result }) => result !== undefined).length;

/** Sends a batch at once; each frame is answered, or the socket closes for a reason that the profile names. */
const storm = async ({ desktop, where }: Line, batch: readonly Sent[]): Promise<void> => {
  const before = answersOf(desktop);
  let closed: { code: number } | null = null;
  void desktop.closed.then((closing) => (closed = closing));
  for (const frame of batch) desktop.socket.send(frame);
  await eventually(() => closed !== null || answersOf(desktop) - before >= batch.length, {
    timeoutMs: 60_000,
  });
  if (closed !== null) expect(DEFINED).toContain((closed as { code: number }).code);
  else expect(answersOf(desktop) - before).toBe(batch.length);
  for (const frame of desktop.frames) {
    expect(JSON.stringify(frame)).not.toContain(MARK);
    if (frame.messageType === 'objectEvent') expect(frame.target?.startsWith(where.session)).toBe(true);
  }
};

const fuzz = async (agent: string, random: Random, count: number): Promise<void> => {
  for (let sent = 0, round = 0; sent < count; sent += BATCH, round += 1) {
    const line = await open(agent, round);
    // Signing in took some of the burst.
    const size = Math.min(BATCH, count - sent);
    await storm(
      line,
      Array.from({ length: size }, () => wildFrame(random, line.where)),
    );
    await line.desktop.close();
  }
};

const apps = () => [stack.edge, ...stack.workers, stack.simulator];

const run = async (seed: number, count: number): Promise<void> => {
  const each = Math.ceil(count / FUZZERS.length);
  try {
    await Promise.all(FUZZERS.map((agent, index) => fuzz(agent, randomFrom(seed + index), each)));
  } catch (error) {
    throw new Error(`FRAMES_SEED=${SEED} FRAMES=${FRAMES}: ${String(error)}\n${stack.logs().slice(-4000)}`, {
      cause: error,
    });
  }
};

describe('a storm of frames', () => {
  it(
    `answers or closes for each of ${FRAMES}, shows nobody else's data, and stays as it was`,
    async () => {
      const pids = apps().map(({ pid }) => pid);
      await run(SEED, Math.ceil(FRAMES * WARM_UP));
      const before = memoryOf(apps());
      await run(SEED + 1000, Math.ceil(FRAMES * (1 - WARM_UP)));
      expect(apps().map(({ pid }) => pid)).toEqual(pids);
      for (const pid of pids) expect(() => process.kill(pid, 0)).not.toThrow();
      for (const [name, mib] of memoryOf(apps())) {
        const grown = mib - (before.get(name) ?? mib);
        expect([name, grown < GROWTH_MIB ? 'flat' : `${grown.toFixed(0)} MiB more`]).toEqual([name, 'flat']);
      }
      const { desktop, session } = victim;
      expect((await desktop.ask('session.request.getdirectory', session)).result).toBe('success');
      expect(JSON.stringify(desktop.frames)).toContain(MARK);
    },
    15 * MINUTES,
  );
});
