import { setTimeout as delay } from 'node:timers/promises';
import { type Bus, deliver, HEADERS, subjects } from '@cordboard/bus';
import { systemClock } from '@cordboard/runtime';
import { eventually } from '@cordboard/testing';
import { inTurns } from '../harness/in-turns.ts';

/** A session, bound and started, as the edge of its agent knows it. */
export interface Seat {
  readonly session: string;
  /** A command that is stored and answered without the switch; settles with the time of its answer, in ms. */
  readonly ask: () => Promise<number>;
}

/** All sessions, kept bound as edges do until told to stop. */
export interface Seats {
  readonly all: readonly Seat[];
  /** Commands answered so far, those of the set-up included, and how often one was told to try again. */
  readonly answered: () => number;
  readonly putOff: () => number;
  readonly stop: () => void;
}

interface Answer {
  readonly result: string;
  readonly failure?: { readonly code: string };
  readonly data?: { readonly session?: { readonly id: string } };
}

interface Tally {
  answered: number;
  putOff: number;
}

const TENANT = 'demo';
const AT_ONCE = 64;
const PREPARE_MS = 20_000;
const PATIENCE_MS = 60_000;
const AGAIN_MS = 50;
const RENEW_EVERY_MS = 5_000;
const TICK_MS = 50;

const succeeded = (body: string, what: string): Answer => {
  const answer = JSON.parse(body) as Answer;
  if (answer.result !== 'success') throw new Error(`${what}: ${body}`);
  return answer;
};

const isPutOff = (body: string): boolean =>
  (JSON.parse(body) as Answer).failure?.code === 'SERVICE_UNAVAILABLE';

const prepare = async (bus: Bus, agent: string, tally: Tally): Promise<string> => {
  const data = { agent: { id: agent, password: 'demo' } };
  const answered = await bus.request(
    subjects.prepare(TENANT),
    JSON.stringify({ command: 'prepareSession', requestId: `p-${agent}`, data }),
    { timeoutMs: PREPARE_MS, headers: { [HEADERS.actor]: `agent:${agent}` } },
  );
  if (!answered.ok) throw new Error(`prepareSession: ${answered.error}`);
  if (isPutOff(answered.value.body)) {
    tally.putOff += 1;
    await delay(AGAIN_MS);
    return prepare(bus, agent, tally);
  }
  return succeeded(answered.value.body, 'prepareSession').data?.session?.id ?? '';
};

const open = async (bus: Bus, agent: string, tally: Tally): Promise<Seat & { renew: () => void }> => {
  const session = await prepare(bus, agent, tally);
  const headers = { [HEADERS.actor]: `agent:${agent}`, [HEADERS.binding]: `b-${agent}` };
  let requests = 0;
  const say = async (command: string, data: object, requestId: string): Promise<number> => {
    const outcome = await deliver(bus, {
      subject: subjects.command(TENANT, { session }, command),
      claim: subjects.claim(TENANT),
      body: JSON.stringify({ command, requestId, target: session, data }),
      headers,
      clock: systemClock,
      timeoutMs: PATIENCE_MS,
    });
    const at = performance.now();
    if (!outcome.ok) throw new Error(`${command}: ${outcome.error}`);
    if (isPutOff(outcome.value.body)) {
      tally.putOff += 1;
      await delay(AGAIN_MS);
      return say(command, data, requestId);
    }
    succeeded(outcome.value.body, command);
    return at;
  };
  const command = async (name: string): Promise<number> => {
    const at = await say(name, {}, `r${(requests += 1)}`);
    tally.answered += 1;
    return at;
  };
  await say('bindSession', { client: 'tab' }, 'bind');
  await command('session.start');
  return {
    session,
    ask: () => command('session.request.externalnotreadyreasons'),
    renew: () => void bus.publish(subjects.command(TENANT, { session }, 'renewBinding'), '{}', headers),
  };
};

/** Prepares, binds and starts a session for each of so many agents. */
export const openSeats = async (bus: Bus, count: number): Promise<Seats> => {
  const all: (Seat & { renew: () => void })[] = [];
  const tally: Tally = { answered: 0, putOff: 0 };
  let stopped = false;
  const renewing = async (): Promise<void> => {
    let next = 0;
    for (let at = performance.now(); !stopped; await delay(TICK_MS)) {
      const due = Math.ceil((all.length * (performance.now() - at)) / RENEW_EVERY_MS);
      at = performance.now();
      for (let n = 0; n < Math.min(due, all.length); n += 1) all[(next += 1) % all.length]?.renew();
    }
  };
  const openOne = async (agent: string): Promise<void> => {
    all.push(await open(bus, agent, tally));
  };
  // The first one waits until the worker has heard of the switch.
  await eventually(() => openOne('a0').then(() => true as const), { timeoutMs: PATIENCE_MS });
  void renewing();
  await inTurns(
    Array.from({ length: count - 1 }, (_, index) => `a${index + 1}`),
    AT_ONCE,
    openOne,
  );
  return {
    all,
    answered: () => tally.answered,
    putOff: () => tally.putOff,
    stop: () => (stopped = true),
  };
};
