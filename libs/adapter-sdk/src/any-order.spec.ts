import { answerResult, createMemoryNetwork, HEADERS, type MemoryBus, subjects } from '@cordboard/bus';
import { type CtiHeader, type CtiMessage } from '@cordboard/cti-protocol';
import { type JsonObject, ok, parseTarget, type Result } from '@cordboard/kernel';
import { sequentialIds, virtualClock } from '@cordboard/testing';
import fc from 'fast-check';
import { type Adapter, createAdapter, reconnectingNatsLink } from './index.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
const S = '01890000-0000-7000-8000-000000000001';
const CHANNELS = ['C1', 'C2'] as const;
type Channel = (typeof CHANNELS)[number];
const pathOf = (channel: Channel): string => `${S}.${channel}`;

type Move =
  | { readonly do: 'create' | 'finish' | 'sever' | 'wait' | 'repeat' | 'restart' }
  | {
      readonly do: 'register' | 'read' | 'remove' | 'ready' | 'report';
      readonly channel: Channel;
      readonly slow: boolean;
    };

const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constantFrom('create', 'finish', 'finish', 'sever', 'wait', 'repeat', 'restart'),
    }) as fc.Arbitrary<Move>,
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constantFrom('register', 'read', 'remove', 'ready', 'report', 'report'),
        channel: fc.constantFrom(...CHANNELS),
        slow: fc.boolean(),
      }),
    },
  ),
  { maxLength: 40 },
);

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 12; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

interface Asked {
  readonly header: CtiHeader;
  readonly body: JsonObject;
  answers: number;
  /** The connection or the process was lost meanwhile: nobody may have answered. */
  isExcused: boolean;
}

/** What an owner may rely on, checked with every message that it hears. */
const createOwner = (bus: MemoryBus) => {
  const readable = new Set<string>();
  const faults: string[] = [];
  const asked: Asked[] = [];
  const created = new Set<unknown>();
  let nextSeq = 1;
  let mayRepeat = false;

  const noteAnswer = (question: Asked, { header }: CtiMessage): void => {
    question.answers += 1;
    if (header.requestId !== question.header.requestId) faults.push(`${header.name} answers something else`);
    const { name, target } = question.header;
    if (header.result !== 'SUCCESS') return;
    if (name === 'channel.query.init') readable.add(target);
    if (name === 'channel.request.dispose') readable.delete(target);
    if (name !== 'cti.request.createsession' || created.has(header.requestId)) return;
    created.add(header.requestId);
    readable.clear();
    nextSeq = 1;
  };

  bus.subscribe(subjects.ctiEventsOf(WHERE.tenant, WHERE.processor, S), (message) => {
    const { header } = JSON.parse(message.body) as CtiMessage;
    const seq = Number(message.headers[HEADERS.ctiSeq]);
    answerResult(message, '{"ok":true}');
    if (mayRepeat && seq < nextSeq) return;
    if (seq !== nextSeq) faults.push(`number ${seq} instead of ${nextSeq}`);
    nextSeq = seq + 1;
    if (!readable.has(header.target)) faults.push(`${header.name} of ${header.target} before it was read`);
  });

  const ask = (header: CtiHeader, body: JsonObject): void => {
    const question: Asked = { header, body, answers: 0, isExcused: false };
    asked.push(question);
    const control = header.target.endsWith('CONTROL');
    const level = header.target === S ? 'session' : 'channel';
    const parsed = parseTarget(level, header.target);
    const { tenant, processor, instance } = WHERE;
    const subject =
      control || !parsed.ok
        ? subjects.ctiControl(tenant, processor, instance)
        : subjects.ctiRequest(tenant, processor, instance, parsed.value);
    bus.ask(subject, JSON.stringify({ header, body }), {
      headers: { [HEADERS.epoch]: '1' },
      onReply: (reply) => noteAnswer(question, JSON.parse(reply.body) as CtiMessage),
      onNoResponders: () => (question.isExcused = true),
    });
  };
  return {
    ...{ faults, asked, ask },
    excuse: () => {
      mayRepeat = true;
      for (const question of asked.filter(({ answers }) => answers === 0)) {
        question.isExcused = true;
        // Its answer may be given, and be lost on its way.
        if (question.header.name === 'channel.query.init') readable.add(question.header.target);
      }
    },
  };
};

const play = async (list: readonly Move[]): Promise<readonly string[]> => {
  const network = createMemoryNetwork();
  const clock = virtualClock();
  const ids = sequentialIds();
  const owner = createOwner(network.connect());
  const slow: (() => void)[] = [];
  let isSlow = false;
  let bus: MemoryBus | null = null;
  let count = 0;

  const answer = <Data>(data: Data): Result<Data, string> | Promise<Result<Data, string>> => {
    const given = ok(data);
    return isSlow ? new Promise((resolve) => slow.push(() => resolve(given))) : given;
  };
  const start = (): Adapter => {
    const silent = (): void => undefined;
    const ports = { clock, logger: { info: silent, warn: silent, error: silent } };
    const connect = () => Promise.resolve((bus = network.connect()));
    const adapter = createAdapter({
      ...ports,
      processor: 'sim',
      link: reconnectingNatsLink({ ...ports, ...WHERE, ids, connect, random: () => 0.5 }),
      handlers: {
        capabilities: () => ({}),
        validateAgent: () => ok(undefined),
        createSession: () => ok({}),
        readSession: () => ok({ groups: [] }),
        readGroup: () => ok({ channels: [] }),
        readChannel: () => answer({ state: 'ACTIVE', interactions: [] } as const),
        readInteraction: () => ok({ state: 'STARTED', data: {} }),
        readConversation: () => ok({ state: 'TALKING', parties: [] }),
        addChannel: () => ok(undefined),
        ready: () => answer(undefined),
      },
    });
    adapter.start();
    return adapter;
  };
  let adapter = start();
  await settle();

  const ask = (name: string, target: string, body: JsonObject = {}): void => {
    count += 1;
    const type = name.includes('.query.') ? 'cti.query' : 'cti.request';
    owner.ask({ type, name, target, requestId: `r${count}` }, body);
  };
  const lose = async (): Promise<void> => {
    bus?.sever();
    owner.excuse();
    await settle();
  };

  const simple: Readonly<Record<string, () => void | Promise<void>>> = {
    create: () => ask('cti.request.createsession', 'sim.CONTROL', { id: S, agent: { id: '1001' } }),
    finish: () => slow.shift()?.(),
    wait: () => clock.advance(2_000),
    repeat: () => {
      const last = owner.asked.at(-1);
      if (last !== undefined) owner.ask(last.header, last.body);
    },
    sever: async () => {
      await lose();
      clock.advance(40_000);
    },
    restart: async () => {
      void adapter.stop();
      await lose();
      clock.advance(40_000);
      await settle();
      adapter = start();
    },
  };
  const onChannel = (move: Extract<Move, { readonly channel: Channel }>): void => {
    const { channel } = move;
    if (move.do === 'report') adapter.report.ready({ agent: '1001', channel: `native-${channel}` });
    if (move.do === 'register')
      ask('channelgroup.request.addchannel', S, {
        id: channel,
        nativeid: `native-${channel}`,
        type: 'TELEPHONY',
      });
    if (move.do === 'read') ask('channel.query.init', pathOf(channel));
    if (move.do === 'remove') ask('channel.request.dispose', pathOf(channel));
    if (move.do === 'ready') ask('channel.request.ready', pathOf(channel));
  };

  await simple.create?.();
  for (const move of list) {
    isSlow = 'slow' in move && move.slow;
    if ('channel' in move) onChannel(move);
    else await simple[move.do]?.();
    await settle();
  }
  for (const finish of slow.splice(0)) finish();
  await settle();
  clock.advance(130_000);
  await settle();
  void adapter.stop();
  clock.advance(5_000);
  await settle();
  const unanswered = owner.asked
    .filter(({ answers, isExcused }) => (isExcused ? answers > 1 : answers !== 1))
    .map(({ header, answers }) => `${header.name} has ${answers} answers`);
  return [...owner.faults, ...unanswered];
};

it('whatever the order: one answer a question, no event of what was not read, no number left out', async () => {
  await fc.assert(
    fc.asyncProperty(moves, async (list) => {
      expect(await play(list)).toEqual([]);
    }),
    { numRuns: 100 },
  );
}, 120_000);
