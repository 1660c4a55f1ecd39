import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { Mismatch } from '../check/mismatch.ts';
import { inspectStream } from '../check/stream.ts';
import { type Access } from '../desk/sign-in.ts';
import { Stage } from '../desk/stage.ts';
import { type Check, type CheckGroup } from '../rows/row.ts';
import { type PhoneSystem } from '../wire/phone-system.ts';
import { type Socket } from '../wire/socket.ts';
import { type TokenSource } from '../wire/token.ts';
import { checksOf } from './all-checks.ts';
import { groupBy } from './group-by.ts';
import { type Entry, type Report } from './report.ts';

export interface RunOptions {
  /** `ws://host:port` of the edge. */
  readonly url: string;
  /** Agents that work side by side; one is enough. */
  readonly agents: readonly string[];
  readonly password: string;
  readonly token: TokenSource;
  /** Without it, what needs a caller is not run. */
  readonly world?: PhoneSystem | undefined;
  /** How long an answer or event may take; 10 s when left out. */
  readonly waitMs?: number | undefined;
  /** Only rows that begin so. */
  readonly only?: string | undefined;
  readonly progress?: ((text: string) => void) | undefined;
}

const NEEDS_A_CALLER = 'needs a caller';
const CHECK_MS = 40_000;
/** A session id that nobody has. */
const NOBODY = '00000000-0000-7000-8000-000000000000';

const inTime = async (run: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Mismatch(`an end within ${CHECK_MS} ms`, 'none')), CHECK_MS);
  });
  await Promise.race([run, late]).finally(() => clearTimeout(timer));
};

const failed = ({ row, check }: Check, error: unknown): Entry =>
  error instanceof Mismatch
    ? { row, check, status: 'failed', expected: error.expected, got: error.got }
    : { row, check, status: 'failed', expected: 'a check that can be done', got: String(error) };

const runCheck = async (check: Check, stage: Stage, hasWorld: boolean): Promise<Entry> => {
  const { row, check: title } = check;
  if (check.needsCaller && !hasWorld)
    return { row, check: title, status: 'not run', expected: NEEDS_A_CALLER };
  try {
    await inTime(check.run(stage));
    return { row, check: title, status: 'ok' };
  } catch (error) {
    // Whatever the failure left behind is no matter of the next check.
    await stage.leave();
    return failed(check, error);
  }
};

const breachesOf = (sockets: readonly Socket[]): readonly Entry[] => {
  const all = sockets.flatMap(({ frames }) => inspectStream(frames).breaches);
  const same = groupBy(all, ({ row, expected }) => `${row} ${expected}`);
  return [...same.values()].map((breaches) => ({
    row: breaches[0]?.row ?? '',
    check: `the stream (${breaches.length} times)`,
    status: 'failed' as const,
    expected: breaches[0]?.expected ?? '',
    got: breaches[0]?.got ?? '',
  }));
};

const eventsSeen = (sockets: readonly Socket[], hasWorld: boolean): readonly Entry[] => {
  const seen = new Set(sockets.flatMap(({ frames }) => [...inspectStream(frames).seen.keys()]));
  return CATALOGUE.events.map(({ name }) => {
    const entry = { row: name, check: 'occurs' };
    if (seen.has(name)) return { ...entry, status: 'ok' as const };
    if (!hasWorld) return { ...entry, status: 'not run' as const, expected: NEEDS_A_CALLER };
    return {
      ...entry,
      status: 'failed' as const,
      expected: 'the event at least once in the run',
      got: 'none',
    };
  });
};

/** Runs the suite: agents side by side, the checks of a group one after another. */
export const runConformance = async (options: RunOptions): Promise<Report> => {
  const { url, agents, password, token, world, only, waitMs, progress = () => undefined } = options;
  const begun = performance.now();
  const sockets: Socket[] = [];
  const access: Access = { url, password, token, waitMs, opened: (socket) => void sockets.push(socket) };
  const groups = checksOf(only);
  const waiting = [...groups];
  const entries = new Map<CheckGroup, Entry[]>(groups.map((group) => [group, []]));
  const stages: Stage[] = agents.map(
    (agent, index) =>
      new Stage(
        access,
        agent,
        () => {
          const other = stages[(index + 1) % stages.length];
          return other === undefined || other.agent === agent ? NOBODY : (other.session ?? NOBODY);
        },
        world ?? null,
      ),
  );
  const work = async (stage: Stage): Promise<void> => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      for (const check of group.checks) {
        const entry = await runCheck(check, stage, world !== undefined);
        entries.get(group)?.push(entry);
        if (entry.status === 'failed') progress(`failed: ${entry.row}: ${entry.check}`);
      }
      progress(`${groups.length - waiting.length} of ${groups.length}: ${group.name}`);
    }
    await stage.leave();
  };
  await Promise.all(stages.map(work));
  await Promise.all(sockets.map((socket) => socket.close()));
  return {
    url,
    entries: [
      ...[...entries.values()].flat(),
      ...breachesOf(sockets),
      ...(only === undefined ? eventsSeen(sockets, world !== undefined) : []),
    ],
    tookMs: Math.round(performance.now() - begun),
    frames: sockets.reduce((sum, { frames }) => sum + frames.length, 0),
    exchanges: stages.flatMap(({ exchanges }) => exchanges),
  };
};
