import { connectNats } from '@cordboard/bus';
import { privateNats, sequentialIds, type StackApp } from '@cordboard/testing';
import { measurableApp, memoryOf } from '../app-process.ts';
import { type BridgeDesk, bridgeDesk } from '../bridge-desk.ts';
import { type Announced, type Group } from '../harness/context.ts';
import { figuresOf } from '../harness/figures.ts';
import { inTurns } from '../harness/in-turns.ts';
import { type Found, type Mode, notRun } from '../harness/row.ts';
import { openPhoneDesk, type PhoneDesk } from './phone-desk.ts';

const CALL = {
  id: 'calls/bytes',
  title: 'one more call in the process of its adapter, and of the simulated switch in it',
  unit: 'bytes',
  better: 'lower',
  target: 16 * 1024,
} as const satisfies Announced;
const AT_ONCE = 64;
/** More, as each rings for a second. */
const RINGING_AT_ONCE = 1_000;
const FIRST_AGENT = 1001;
const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };

export interface CallsOptions {
  /** Calls that come one batch after another and stay; what each but the first adds is one measurement. */
  readonly batches: number;
  readonly callsEach: number;
}

const SIZES: Readonly<Record<Exclude<Mode, 'quick'>, CallsOptions>> = {
  full: { batches: 5, callsEach: 1_000 },
  long: { batches: 8, callsEach: 1_000 },
};

const seconds = async (task: () => Promise<unknown>): Promise<number> => {
  const since = performance.now();
  await task();
  return (performance.now() - since) / 1_000;
};

const logIn = async (desk: BridgeDesk, calls: number): Promise<readonly PhoneDesk[]> => {
  const ids = sequentialIds();
  const phones: PhoneDesk[] = [];
  const agents = Array.from({ length: calls }, (_, index) => String(FIRST_AGENT + index));
  await inTurns(agents, AT_ONCE, async (agent) => void phones.push(await openPhoneDesk(desk, ids, agent)));
  return phones;
};

/** What the switch itself says is up. */
const liveCalls = async ({ ports }: StackApp): Promise<number> => {
  const response = await fetch(`http://127.0.0.1:${ports['http']}/v1/calls`);
  const { calls } = (await response.json()) as { readonly calls: readonly { readonly state: string }[] };
  return calls.filter(({ state }) => state === 'talking').length;
};

/** Bytes that each call of a batch added, batch by batch; the first one warms up. */
const addedBytes = async (
  simulator: StackApp,
  phones: readonly PhoneDesk[],
  { batches, callsEach }: CallsOptions,
): Promise<readonly number[]> => {
  const used = [(await memoryOf(simulator)).used];
  for (let batch = 0; batch < batches; batch += 1) {
    const some = phones.slice(batch * callsEach, (batch + 1) * callsEach);
    await inTurns(some, RINGING_AT_ONCE, ({ call }) => call());
    used.push((await memoryOf(simulator)).used);
  }
  return used.slice(2).map((now, index) => (now - (used[index + 1] ?? NaN)) / callsEach);
};

const measure = async (simulator: StackApp, desk: BridgeDesk, options: CallsOptions) => {
  const calls = options.batches * options.callsEach;
  await desk.ready();
  const empty = await memoryOf(simulator);
  let phones: readonly PhoneDesk[] = [];
  const logInS = await seconds(async () => (phones = await logIn(desk, calls)));
  const idle = await memoryOf(simulator);
  const added = await addedBytes(simulator, phones, options);
  const up = await liveCalls(simulator);
  const full = await memoryOf(simulator);
  const releaseS = await seconds(() => inTurns(phones, AT_ONCE, ({ release }) => release()));
  const left = await liveCalls(simulator);
  const after = await memoryOf(simulator);
  return { calls, added, up, left, empty, idle, full, after, logInS, releaseS };
};

const one = (value: number, unit: string) => ({ figures: figuresOf([value]), unit });

const summary = (found: Awaited<ReturnType<typeof measure>>): Found => {
  const { calls, added, up, left, empty, idle, full, after, logInS, releaseS } = found;
  if (up !== calls || left !== 0) throw new Error(`${up} of ${calls} calls were up, ${left} were left`);
  const parts = {
    'a session without a call': one((idle.used - empty.used) / calls, 'bytes'),
    'left of a call that is over': one((after.used - idle.used) / calls, 'bytes'),
    'the process when empty': one(empty.resident, 'bytes'),
    'with all sessions': one(idle.resident, 'bytes'),
    'with all calls': one(full.resident, 'bytes'),
    'sessions opened': one(calls / logInS, '/s'),
    'calls released and wrapped up': one(calls / releaseS, '/s'),
  };
  const note = `${calls} calls up at once through one adapter process, none left at the end; answers are kept for a while`;
  return { rows: [{ ...CALL, figures: figuresOf(added), parts, note }] };
};

/**
 * As many calls at once as asked for through one adapter process: the simulated switch in a process of its own,
 * the bridge played here, a NATS server between them.
 */
export const measureCalls = async (options: CallsOptions): Promise<Found> => {
  const calls = String(options.batches * options.callsEach);
  const nats = await privateNats();
  const bus = await connectNats({ url: nats.url, name: 'bench' });
  const simulator = await measurableApp('cti-simulator', {
    CORDBOARD_NATS_URL: nats.url,
    CORDBOARD_TENANT: WHERE.tenant,
    CORDBOARD_PROCESSOR: WHERE.processor,
    CORDBOARD_INSTANCE: WHERE.instance,
    CORDBOARD_SIMULATOR_PORT: '0',
    CORDBOARD_SIMULATOR_AGENTS: calls,
    CORDBOARD_SIMULATOR_MAX_CALLS: calls,
  });
  try {
    return summary(await measure(simulator, bridgeDesk(bus, WHERE), options));
  } finally {
    await simulator.stop();
    await bus.drain();
    await nats.stop();
  }
};

export const calls: Group = {
  name: 'calls',
  says: 'calls up at once through one adapter process',
  rows: [CALL],
  run: async ({ mode }) =>
    mode === 'quick'
      ? { rows: [notRun(CALL, 'only in the full run: few calls drown in what else a process takes')] }
      : measureCalls(SIZES[mode]),
};
