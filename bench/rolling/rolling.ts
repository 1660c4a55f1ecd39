import { setTimeout as delay } from 'node:timers/promises';
import { eventually, freePort, startApp, startStack } from '@cordboard/testing';
import { signIn } from '../agent.ts';
import { type Announced, type Group } from '../harness/context.ts';
import { figuresOf } from '../harness/figures.ts';
import { inTurns } from '../harness/in-turns.ts';
import { type Found, notRun } from '../harness/row.ts';

interface RollingOptions {
  readonly agents: number;
  /** Between two commands of an agent. */
  readonly paceMs: number;
  /** Between two restarts. */
  readonly restMs: number;
}

const FAILED = {
  id: 'rolling/failed',
  title: 'commands that fail while every session worker and every edge is stopped and started, one by one',
  unit: 'commands',
  better: 'lower',
  target: 0,
} as const satisfies Announced;

const FIRST_AGENT = 1001;
const AT_ONCE = 8;
const REASON = { reasoncode: '1' };

interface Load {
  /** Commands answered, in ms from sending to the answer. */
  readonly times: readonly number[];
  /** What commands failed with. */
  readonly failures: readonly string[];
  readonly stop: () => Promise<void>;
}

type Desk = Awaited<ReturnType<typeof signIn>>;

/** The agent takes calls and takes none, again and again; the next command waits until the last one is announced. */
const working = (desks: readonly Desk[], paceMs: number): Load => {
  const times: number[] = [];
  const failures: string[] = [];
  let stopped = false;
  const work = async ({ client, channel }: Desk): Promise<void> => {
    for (let ready = true; !stopped; ready = !ready) {
      const sentAt = performance.now();
      const response = await (ready
        ? client.commands.notReady(channel, REASON)
        : client.commands.ready(channel));
      times.push(performance.now() - sentAt);
      if (response.result !== 'success') failures.push(JSON.stringify(response));
      const next = ready ? 'channel.request.ready' : 'channel.request.notready';
      await eventually(() => client.model.objects[channel]?.capabilities[next], { timeoutMs: 10_000 });
      await delay(paceMs * (0.5 + Math.random()));
    }
  };
  const all = desks.map(work);
  return {
    times,
    failures,
    stop: async () => {
      stopped = true;
      await Promise.all(all);
    },
  };
};

const summary = ({ times, failures }: Load, agents: number, restarts: number): Found => {
  const worst = times.reduce((most, time) => Math.max(most, time), 0);
  const parts = {
    'a command': { figures: figuresOf(times), unit: 'ms' },
    'the slowest': { figures: figuresOf([worst]), unit: 'ms' },
  };
  const note = `${agents} agents sent ${times.length} commands during ${restarts} restarts, two session workers and two edges`;
  return {
    rows: [{ ...FAILED, figures: figuresOf([failures.length]), parts, note }],
    notes: failures.slice(0, 3),
  };
};

/** A rolling deploy under load, on real processes: no command of any agent may fail. */
const measureRolling = async (options: RollingOptions): Promise<Found> => {
  const { agents, paceMs, restMs } = options;
  const [port, secondPort] = [await freePort(), await freePort()];
  const stack = await startStack({
    workers: 2,
    settings: { CORDBOARD_SIMULATOR_AGENTS: String(agents), CORDBOARD_EDGE_PORT: String(port) },
  });
  const second = await startApp('edge', { ...stack.settings, CORDBOARD_EDGE_PORT: String(secondPort) });
  const edgeUrls = [port, secondPort].map((one) => `http://127.0.0.1:${one}`);
  const deployed = [...stack.workers, stack.edge, second];
  const desks: Desk[] = [];
  try {
    await inTurns(
      Array.from({ length: agents }, (_, index) => index),
      AT_ONCE,
      async (index) => {
        desks.push(await signIn({ edgeUrls, agent: String(FIRST_AGENT + index) }));
      },
    );
    const load = working(desks, paceMs);
    await delay(restMs);
    for (const app of deployed) {
      await app.stop();
      await app.start();
      await delay(restMs);
    }
    await load.stop();
    return summary(load, agents, deployed.length);
  } catch (error) {
    throw new Error(`${String(error)}\n${stack.logs().slice(-4_000)}`, { cause: error });
  } finally {
    for (const { client } of desks) client.close();
    await second.stop();
    await stack.stop();
  }
};

export const rolling: Group = {
  name: 'rolling',
  says: 'commands while every process is replaced',
  rows: [FAILED],
  run: async ({ mode }) =>
    mode === 'quick'
      ? { rows: [notRun(FAILED, 'only in the full run')] }
      : measureRolling({ agents: 50, paceMs: 400, restMs: 3_000 }),
};
