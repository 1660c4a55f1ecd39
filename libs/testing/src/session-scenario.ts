import {
  type Adapter,
  type Command,
  EMPTY_HOUSE,
  hasWireForm,
  type House,
  invariants,
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

type Reading<Of extends SwitchReading['of']> = Omit<Extract<SwitchReading, { of: Of }>, 'of'>;
type WithoutArrival<Input> = Input extends SessionInput ? Omit<Input, 'at' | 'seed'> : never;

/** What the switch knows, by native id; what a reading asks for is looked up here. */
export interface SwitchWorld {
  readonly groups?: Reading<'session'>['groups'];
  readonly channels?: Readonly<Record<string, Reading<'channelgroup'>['channels']>>;
  readonly channel?: Readonly<Record<string, Reading<'channel'>>>;
  readonly interaction?: Readonly<Record<string, Reading<'interaction'>>>;
  readonly conversation?: Readonly<Record<string, Reading<'conversation'>>>;
  /** Stand-alone channels that the session starts with. */
  readonly alone?: Reading<'session'>['channels'];
  /** What requests of these types are answered. */
  readonly lists?: Readonly<Partial<Record<SwitchRequestType, SwitchReading>>>;
  /** Native id of the next consult leg; null: named by a fact only. */
  readonly consult?: string | null;
}

/** One group with one telephony channel on which the agent is ready. */
export const ONE_CHANNEL: SwitchWorld = {
  groups: [{ nativeId: 'g' }],
  channels: { g: [{ nativeId: '1001', channelType: 'TELEPHONY' }] },
  channel: {
    1001: {
      state: 'ACTIVE',
      agent: { status: 'ready', lastReasonCode: '', lastReasonName: '' },
      interactions: [],
    },
  },
};

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

/** A group with a telephony, a chat and an e-mail channel, and a stand-alone one; the agent is ready on all. */
export const MANY_CHANNELS: SwitchWorld = {
  groups: [{ nativeId: 'g', name: 'TEAM' }],
  channels: {
    g: [
      { nativeId: '1001', channelType: 'TELEPHONY' },
      { nativeId: 'chat', channelType: 'CHAT' },
      { nativeId: 'mail', channelType: 'EMAIL' },
    ],
  },
  alone: [{ nativeId: 'desk', channelType: 'TELEPHONY' }],
  channel: Object.fromEntries(
    ['1001', 'chat', 'mail', 'desk'].map((nativeId) => [
      nativeId,
      {
        state: 'ACTIVE',
        agent: { status: 'ready', lastReasonCode: '', lastReasonName: '' },
        interactions: [],
      },
    ]),
  ),
};

/** One group with one telephony channel on which the agent is ready, and a call that rings there. */
export const INBOUND_CALL: SwitchWorld = {
  ...ONE_CHANNEL,
  interaction: { i: { state: 'ALERTING', data: { ANI: '5550100' }, primary: 'v', consult: null } },
  conversation: { v: { state: 'RINGING', members: [{ number: '5550100', name: 'Customer' }] } },
};

/** The same with a call that the agent has dialled. */
export const OUTBOUND_CALL: SwitchWorld = {
  ...ONE_CHANNEL,
  interaction: { i: { state: 'DIALING', data: {}, primary: 'v', consult: null } },
  conversation: { v: { state: 'DIALING', members: [{ number: '5550199' }] } },
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
  const readingOf = (type: SwitchRequestType, path: string): SwitchReading => {
    const nativeId = nativeIdAt(path);
    switch (type) {
      case 'ReadSession':
        return { of: 'session', groups: known.groups ?? [], channels: known.alone ?? [] };
      case 'ReadChannelGroup':
        return { of: 'channelgroup', channels: known.channels?.[nativeId] ?? [] };
      case 'ReadChannel':
        return {
          of: 'channel',
          ...(known.channel?.[nativeId] ?? { state: 'INACTIVE', agent: null, interactions: [] }),
        };
      case 'ReadInteraction':
        return {
          of: 'interaction',
          ...(known.interaction?.[nativeId] ?? { state: 'ALERTING', data: {}, primary: null, consult: null }),
        };
      case 'ReadConversation':
        return {
          of: 'conversation',
          ...(known.conversation?.[nativeId] ?? { state: 'RINGING', members: [] }),
        };
      case 'Consult':
        return { of: 'consult', nativeId: known.consult === undefined ? 'v2' : known.consult };
      default:
        return known.lists?.[type] ?? { of: 'none' };
    }
  };

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

  const prepare = (policy: SessionPolicy = RESUME_POLICY, model = ''): readonly SessionEvent[] =>
    must({
      kind: 'prepare',
      session,
      tenant: 'demo',
      processor: 'SIM',
      agent: { id: 'ann' },
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

  return {
    target,
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
