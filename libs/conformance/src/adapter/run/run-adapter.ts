import { type JsonObject } from '@cordboard/kernel';
import { Mismatch } from '../../check/mismatch.ts';
import { type Entry, type Report } from '../../run/report.ts';
import { objectOf, textOf } from '../../wire/frame.ts';
import { type PhoneSystem } from '../../wire/phone-system.ts';
import { type Carrier, NoAdapter } from '../carrier/carrier.ts';
import { checksAt } from '../checks/all-checks.ts';
import { type AdapterCheck, type Level, LEVELS } from '../checks/check.ts';
import { NotRun } from '../desk/not-run.ts';
import { type Agent } from '../desk/desk.ts';
import { Stage } from '../desk/stage.ts';
import { workOf } from '../desk/tidy.ts';
import { Line } from '../line/line.ts';
import { type RuleId, RULES } from '../line/rules.ts';

export interface AdapterRunOptions {
  readonly carrier: Carrier;
  readonly processor: string;
  /** Agents of the switch who are nowhere logged in; three make most of the checks possible. */
  readonly agents: readonly string[];
  readonly password: string;
  readonly world?: PhoneSystem | undefined;
  /** A number that somebody answers; takes the place of a third agent. */
  readonly dial?: string | undefined;
  /** Works with agents who have something to do already, and ends that. */
  readonly force?: boolean | undefined;
  /** All when left out. */
  readonly levels?: readonly Level[] | undefined;
  /** Only checks whose id begins so; the rules of every message hold all the same. */
  readonly only?: string | undefined;
  /** How long a step may take; 10 s when left out. */
  readonly timeoutMs?: number | undefined;
  /** How long the kit waits before it believes that nothing more comes; 50 ms when left out. */
  readonly settleMs?: number | undefined;
  /** How long the adapter may take to come; 10 s over NATS and 35 s over TCP when left out. */
  readonly foundMs?: number | undefined;
  readonly progress?: ((text: string) => void) | undefined;
  /** Ends the run early; what was logged in is logged out. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of one check of an adapter. */
export interface AdapterEntry extends Entry {
  readonly id: string;
  /** The rows that it rests on. */
  readonly basis: string;
}

export type AdapterReport = Report<AdapterEntry>;

const EVERY_MESSAGE = 'every message';
/** Over NATS an adapter says hello every 5 s; over TCP it tries to connect every 30 s at least. */
const FOUND_MS = { nats: 10_000, tcp: 35_000, memory: 0 } as const;

const entryOf = ({ id, level, basis, expects }: AdapterCheck): Omit<AdapterEntry, 'status'> => ({
  id,
  row: level,
  check: `${id}: ${expects} (${basis})`,
  basis,
});

class Stopped extends Error {}

const STOPPED = 'the run was stopped';

/** Runs one check; the signal ends it where it waits. */
const runCheck = async (check: AdapterCheck, stage: Stage, signal?: AbortSignal): Promise<AdapterEntry> => {
  const entry = entryOf(check);
  const stop = (): void => stage.line.cancel(new Stopped());
  signal?.addEventListener('abort', stop);
  try {
    await check.run(stage);
    return { ...entry, status: 'ok' };
  } catch (error) {
    if (error instanceof NotRun) return { ...entry, status: 'not run', expected: error.message };
    if (error instanceof Stopped) return { ...entry, status: 'not run', expected: STOPPED };
    const { expected, got } =
      error instanceof Mismatch ? error : { expected: 'a check that can be done', got: String(error) };
    return { ...entry, status: 'failed', expected, got };
  } finally {
    signal?.removeEventListener('abort', stop);
    stage.line.resume();
  }
};

/** One entry for each rule that holds for every message. */
const rulesKept = ({ book }: Line): readonly AdapterEntry[] =>
  (Object.keys(RULES) as RuleId[]).map((id) => {
    const [expects, basis] = RULES[id];
    const breach = book.breaches.get(id);
    const times =
      breach === undefined ? '' : `, broken ${breach.times} ${breach.times === 1 ? 'time' : 'times'}`;
    const entry = { id, row: EVERY_MESSAGE, check: `${id}: ${expects} (${basis})${times}`, basis };
    if (breach !== undefined)
      return { ...entry, status: 'failed', expected: breach.expected, got: breach.got };
    if (book.seen.has(id)) return { ...entry, status: 'ok' };
    return { ...entry, status: 'not run', expected: 'no message to judge it by' };
  });

/** The handshake of D.2. Rejects with a sentence when the adapter takes no sessions. */
const greet = async (line: Line, carrier: Carrier): Promise<JsonObject> => {
  const silent = async (error: unknown): Promise<never> => {
    if (!(error instanceof Mismatch)) throw error;
    // One that comes under another name does not know what it is asked.
    await carrier.found(0);
    throw new NoAdapter(
      `The adapter at ${carrier.where} does not answer the handshake: expected ${error.expected}, got ${error.got}.`,
    );
  };
  const from = line.mark;
  await line.must('cti.request.status', line.control).catch(silent);
  const started = line.event('cti.status', line.control, from, ({ status }) => status === 'STARTED');
  await started.catch(() => {
    const said = line.eventsSince(from, line.control).at(-1)?.body ?? {};
    const { status = 'nothing', reason } = said;
    throw new NoAdapter(
      `The adapter at ${carrier.where} says ${textOf(status)}${textOf(reason) === '' ? '' : ` (${textOf(reason)})`}: ` +
        'it takes no sessions before it says STARTED. Join it to its switch first.',
    );
  });
  // By now it has said who it is.
  await carrier.found(0);
  return line.must('cti.query.capabilities', line.control).catch(silent);
};

const agentOf = async (line: Line, id: string, password: string): Promise<Agent> => {
  const answer = await line.ask('cti.query.agentinfo', line.control, { id });
  const extension = textOf(objectOf(answer.body['agent'])['extension']);
  return { id, password, extension: extension === '' ? id : extension };
};

/** Waits for the adapter, unless the run is stopped first. */
const found = async (carrier: Carrier, foundMs: number, signal?: AbortSignal): Promise<void> => {
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new NoAdapter('The run was stopped before the adapter came.'));
    signal?.addEventListener('abort', stop);
  });
  await Promise.race([carrier.found(foundMs), stopped]).finally(() =>
    signal?.removeEventListener('abort', stop),
  );
};

/** An adapter that closed its connection may come again; else the words why not. */
const comesAgain = async (
  { carrier, signal, foundMs = FOUND_MS[carrier.kind] }: AdapterRunOptions,
  { line }: Stage,
): Promise<string | null> => {
  try {
    await found(carrier, foundMs, signal);
    await greet(line, carrier);
    return null;
  } catch (error) {
    if (error instanceof NoAdapter) return `the adapter is gone. ${error.message}`;
    throw error;
  }
};

/** The checks one after another; those left when the run is stopped are not run. */
const runAll = async (options: AdapterRunOptions, stage: Stage): Promise<readonly AdapterEntry[]> => {
  const { levels = LEVELS, only, signal, progress = () => undefined } = options;
  const entries: AdapterEntry[] = [];
  let gone: string | null = null;
  for (const check of checksAt(levels, only)) {
    if (stage.line.isLost) gone ??= await comesAgain(options, stage);
    const why = signal?.aborted === true ? STOPPED : gone;
    const entry: AdapterEntry =
      why === null
        ? await runCheck(check, stage, signal)
        : { ...entryOf(check), status: 'not run', expected: why };
    entries.push(entry);
    if (why === null) {
      progress(`${entry.status.padEnd(7)} ${check.level} ${check.id}`);
      await stage.tidy(entry.status === 'failed');
    }
  }
  return entries;
};

const enter = async (line: Line, options: AdapterRunOptions): Promise<Stage> => {
  const { carrier, password, world = null, dial = null, signal } = options;
  await found(carrier, options.foundMs ?? FOUND_MS[carrier.kind], signal);
  const capabilities = await greet(line, carrier);
  const agents: Agent[] = [];
  for (const id of options.agents) agents.push(await agentOf(line, id, password));
  const stage = new Stage({ line, agents, world, dial, capabilities });
  if (options.force !== true) await refuseBusy(stage);
  return stage;
};

/** Agents who are in a call are left alone. */
const refuseBusy = async (stage: Stage): Promise<void> => {
  for (const [index, { id }] of stage.agents.entries()) {
    const works = await workOf(stage.seat(index));
    if (works.length === 0) continue;
    throw new NoAdapter(
      `Agent ${id} has something to do already (${works.join(', ')}), which the kit would end: name others with --agent, or give --force.`,
    );
  }
};

/** Plays the bridge against one adapter. Rejects with `NoAdapter` when there is none to play with. */
export const runAdapterConformance = async (options: AdapterRunOptions): Promise<AdapterReport> => {
  const { carrier, processor, timeoutMs = 10_000, settleMs = 50 } = options;
  const begun = performance.now();
  const line = new Line(carrier, { processor, timeoutMs, settleMs });
  let stage: Stage | null = null;
  try {
    stage = await enter(line, options);
    const entries = await runAll(options, stage);
    return {
      url: `${processor} at ${carrier.where}`,
      entries: entries.length === 0 ? [] : [...entries, ...rulesKept(line)],
      tookMs: Math.round(performance.now() - begun),
      frames: line.sent + line.mark,
      exchanges: [],
    };
  } finally {
    await stage?.leave();
    await carrier.close();
  }
};
