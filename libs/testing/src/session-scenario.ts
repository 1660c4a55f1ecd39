import {
  type Adapter,
  type Command,
  EMPTY_HOUSE,
  hasWireForm,
  type House,
  invariants,
  type ReconcileCause,
  type Rejection,
  sessionDecider,
  type SessionEvent,
  type SessionInput,
  type SessionPolicy,
  type SessionState,
  type SwitchAnswer,
  type SwitchFact,
  type SwitchReading,
  type SwitchRequestType,
} from '@cordboard/domain';
import { formatTarget, type Result, type Target } from '@cordboard/kernel';
import { scenario } from './scenario.ts';
import { sequentialIds } from './sequential-ids.ts';
import { inWords } from './session-words.ts';
import { surveyWith } from './survey-with.ts';
import { ONE_CHANNEL, readWorld, surveyWorld, type SwitchWorld } from './switch-world.ts';

type LossReason = Extract<SessionInput, { kind: 'adapter-lost' }>['reason'];
type Cause = Exclude<ReconcileCause, 'timer'>;
type WithoutArrival<Input> = Input extends SessionInput ? Omit<Input, 'at' | 'seed'> : never;

export const RESUME_POLICY: SessionPolicy = { resumeMs: 120_000, whenLapsed: 'keep', unboundMs: 300_000 };
export const ADAPTER: Adapter = { instance: 'sim-1', capabilities: {} };

/** A switch that can do everything, extensions included. */
export const FULL_ADAPTER: Adapter = {
  instance: 'sim-1',
  capabilities: Object.fromEntries(
    [
      'standalone-channels',
      'directory',
      'notreadyreasons',
      'logoutreasons',
      'addressbook',
      'dispositions',
      'scripts',
      'outboundskills',
      'agentleg',
      'signal',
      'dial-extensions',
    ].map((name) => [`${name}-supported`, true]),
  ),
};

/** What an agent is shown of these events, in words. */
export const shown = (events: readonly SessionEvent[]): readonly string[] =>
  events.filter(({ type, silent }) => hasWireForm(type) && silent !== true).map(inWords);

/**
 * A session that a spec drives step by step, with a switch that answers what it is told to. `decided` hears of
 * every decision that was not a refusal.
 */
export const sessionScenario = (
  world: SwitchWorld = ONE_CHANNEL,
  decided: (input: SessionInput, events: readonly SessionEvent[]) => void = () => undefined,
) => {
  const run = scenario(sessionDecider, invariants);
  const ids = sequentialIds();
  const session = ids.next();
  const target: Target = { session };
  const clock = { at: 1_000_000 };
  let known = world;
  let house = EMPTY_HOUSE;
  let commands = 0;
  let binding = 'binding-1';

  const take = (input: WithoutArrival<SessionInput>): Result<readonly SessionEvent[], Rejection> => {
    const arrived = { ...input, at: clock.at, seed: ids.next(), house };
    const taken = run.when(arrived);
    if (taken.ok) decided(arrived, taken.value);
    return taken;
  };

  /** Takes an input that cannot be refused. */
  const must = (input: WithoutArrival<SessionInput>): readonly SessionEvent[] => {
    const taken = take(input);
    if (!taken.ok) throw new Error(`${input.kind} was refused: ${taken.error.code} ${taken.error.message}`);
    return taken.value;
  };

  const send = (command: Command, adapter: Adapter | null = ADAPTER) => {
    commands += 1;
    const commandId = `command-${String(commands)}`;
    return take({ kind: 'command', commandId, digest: `digest-${commandId}`, binding, command, adapter });
  };

  const nativeIdAt = (path: string): string =>
    [
      ...run.state().groups,
      ...run.state().channels,
      ...run.state().interactions,
      ...run.state().conversations,
    ].find((node) => node.path === path)?.nativeId ?? '';

  /** What the world says to a request of this type about this object. */
  const readingOf = (type: SwitchRequestType, path: string): SwitchReading =>
    readWorld(known, type, nativeIdAt(path));

  const pendingOf = (type: SwitchRequestType) => {
    const pending = run.state().requests.find(({ request }) => request.type === type);
    if (pending === undefined) throw new Error(`nothing of the kind is asked: ${type}`);
    return pending;
  };

  const reply = (type: SwitchRequestType, answer?: SwitchAnswer): readonly SessionEvent[] => {
    const { requestId, request } = pendingOf(type);
    const reading = readingOf(type, formatTarget(request.target));
    return must({ kind: 'answer', requestId, answer: answer ?? { ok: true, reading } });
  };

  /** Lets the switch answer everything, oldest first, until it is asked nothing more. */
  const answerAll = (): readonly SessionEvent[] => {
    const events: SessionEvent[] = [];
    for (;;) {
      const [next] = run.state().requests;
      if (next === undefined) return events;
      events.push(...reply(next.request.type));
    }
  };

  const prepare = (
    policy: SessionPolicy = RESUME_POLICY,
    model = '',
    extension?: string,
  ): readonly SessionEvent[] =>
    must({
      kind: 'prepare',
      session,
      tenant: 'demo',
      processor: 'SIM',
      agent: extension === undefined ? { id: 'ann' } : { id: 'ann', extension },
      model,
      policy,
    });

  const bind = (as = 'binding-1', client = 'tab-1', takeover = false) => {
    const taken = take({ kind: 'bind', client, binding: as, takeover });
    if (taken.ok) binding = as;
    return taken;
  };

  /** A session that has come all the way to STARTED. */
  const start = (policy: SessionPolicy = RESUME_POLICY, adapter = ADAPTER): readonly SessionEvent[] => {
    const events = [...prepare(policy)];
    for (const taken of [bind(), send({ type: 'StartSession', target }, adapter)]) {
      if (!taken.ok) throw new Error(taken.error.message);
      events.push(...taken.value);
    }
    return [...events, ...answerAll()];
  };

  /** The adapter is out of reach, or has started anew. */
  const lose = (reason: LossReason = 'restarted'): readonly SessionEvent[] =>
    must({ kind: 'adapter-lost', instance: run.state().adapter?.instance ?? '', reason });

  /** An adapter is there again; its log-in is asked for. */
  const back = (cause: Cause = 'adapter-restarted', adapter: Adapter = ADAPTER): readonly SessionEvent[] =>
    must({ kind: 'reconcile', cause, adapter });

  /** Everything is read as the world is now, and compared. */
  const survey = (cause: ReconcileCause = 'adapter-restarted'): readonly SessionEvent[] =>
    must({
      kind: 'surveyed',
      cause,
      findings: surveyWith(run.state(), house, (plan) => surveyWorld(known, plan)),
    });

  return {
    target,
    lose,
    back,
    survey,
    /** Lost and back: from the loss to the last event of the comparison, less what the set-up then asks. */
    reconcile: (
      cause: Cause = 'adapter-restarted',
      adapter = run.state().adapter ?? ADAPTER,
    ): readonly SessionEvent[] => [
      ...lose(),
      ...back(cause, adapter),
      ...reply('CreateSession'),
      ...survey(cause),
    ],
    state: (): SessionState => run.state(),
    history: run.history,
    take,
    must,
    send,
    useBinding: (other: string): void => {
      binding = other;
    },
    reply,
    refuse: (type: SwitchRequestType, message = 'no') =>
      reply(type, { ok: false, cause: 'refused', message }),
    answerAll,
    fact: (fact: SwitchFact) => must({ kind: 'fact', fact }),
    /** An interaction shows up on the first channel and is read. */
    offer: (nativeId = 'i'): readonly SessionEvent[] => [
      ...must({
        kind: 'fact',
        fact: { type: 'InteractionOffered', target: run.state().channels[0]?.target ?? target, nativeId },
      }),
      ...answerAll(),
    ],
    world: (next: SwitchWorld): void => {
      known = { ...known, ...next };
    },
    /** What the tenant has configured from now on. */
    house: (next: Partial<House>): void => {
      house = { ...house, ...next };
    },
    prepare,
    bind,
    start,
    /** Lets time pass and tells the session so. */
    after: (ms: number): readonly SessionEvent[] => {
      clock.at += ms;
      return must({ kind: 'elapsed' });
    },
    now: () => clock.at,
    asked: (): readonly string[] => run.state().requests.map(({ request }) => request.type),
    group: (index = 0): Target => run.state().groups[index]?.target ?? target,
    /** By the end point. */
    channelAt: (nativeId: string): Target =>
      run.state().channels.find((channel) => channel.nativeId === nativeId)?.target ?? target,
    channel: (): Target => run.state().channels[0]?.target ?? target,
    interaction: (): Target => run.state().interactions[0]?.target ?? target,
    conversation: (index = 0): Target => run.state().conversations[index]?.target ?? target,
  };
};

export type SessionScenario = ReturnType<typeof sessionScenario>;
