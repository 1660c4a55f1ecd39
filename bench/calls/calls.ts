import { connectNats } from '@cordboard/bus';
import { privateNats, sequentialIds, type StackApp } from '@cordboard/testing';
import { measurableApp, memoryOf } from '../app-process.ts';
import { type BridgeDesk, bridgeDesk } from '../bridge-desk.ts';
import { inTurns } from '../harness/in-turns.ts';
import { type Outcome } from '../outcome.ts';
import { openPhoneDesk, type PhoneDesk } from './phone-desk.ts';

/** What one more call may take in the process of its adapter, and of the simulated switch in it. */
const MOST_BYTES = 16 * 1024;
const AT_ONCE = 64;
/** More, as each rings for a second. */
const RINGING_AT_ONCE = 1_000;
const FIRST_AGENT = 1001;
const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };

export interface CallsOptions {
  /** Calls that are up at once, one an agent. */
  readonly calls: number;
}

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

const measure = async (simulator: StackApp, desk: BridgeDesk, { calls }: CallsOptions) => {
  await desk.ready();
  const empty = await memoryOf(simulator);
  let phones: readonly PhoneDesk[] = [];
  const logInS = await seconds(async () => (phones = await logIn(desk, calls)));
  const idle = await memoryOf(simulator);
  const callS = await seconds(() => inTurns(phones, RINGING_AT_ONCE, ({ call }) => call()));
  const up = await liveCalls(simulator);
  const full = await memoryOf(simulator);
  const releaseS = await seconds(() => inTurns(phones, AT_ONCE, ({ release }) => release()));
  const left = await liveCalls(simulator);
  const after = await memoryOf(simulator);
  return { up, left, empty, idle, full, after, logInS, callS, releaseS };
};

const summary = (calls: number, found: Awaited<ReturnType<typeof measure>>): Outcome => {
  const { up, left, empty, idle, full, after, logInS, callS, releaseS } = found;
  const callBytes = (full.used - idle.used) / calls;
  const sessionBytes = (idle.used - empty.used) / calls;
  const leftBytes = (after.used - idle.used) / calls;
  const inMiB = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
  return {
    good: up === calls && left === 0 && callBytes < MOST_BYTES,
    lines: [
      `calls up at once through one adapter process: ${up} of ${calls}; left at the end: ${left}`,
      `bytes a call: ${callBytes.toFixed(0)}, to be under ${MOST_BYTES}; once it is over ${leftBytes.toFixed(0)}, as answers are kept for a while`,
      `bytes a session without a call: ${sessionBytes.toFixed(0)}`,
      `the process: ${inMiB(empty.resident)} when empty, ${inMiB(idle.resident)} with all sessions, ${inMiB(full.resident)} with all calls`,
      `a second: ${(calls / logInS).toFixed(0)} sessions opened, ${(calls / callS).toFixed(0)} calls set up, ${(calls / releaseS).toFixed(0)} released and wrapped up`,
    ],
    result: { limitBytes: MOST_BYTES, callBytes, sessionBytes, leftBytes, ...found },
  };
};

/**
 * As many calls at once as asked for through one adapter process: the simulated switch in a process of its own,
 * the bridge played here, a NATS server between them.
 */
export const calls = async (options: CallsOptions): Promise<Outcome> => {
  const nats = await privateNats();
  const bus = await connectNats({ url: nats.url, name: 'bench' });
  const simulator = await measurableApp('cti-simulator', {
    CORDBOARD_NATS_URL: nats.url,
    CORDBOARD_TENANT: WHERE.tenant,
    CORDBOARD_PROCESSOR: WHERE.processor,
    CORDBOARD_INSTANCE: WHERE.instance,
    CORDBOARD_SIMULATOR_PORT: '0',
    CORDBOARD_SIMULATOR_AGENTS: String(options.calls),
    CORDBOARD_SIMULATOR_MAX_CALLS: String(options.calls),
  });
  try {
    return summary(options.calls, await measure(simulator, bridgeDesk(bus, WHERE), options));
  } finally {
    await simulator.stop();
    await bus.drain();
    await nats.stop();
  }
};
