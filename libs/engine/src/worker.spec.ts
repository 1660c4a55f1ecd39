import {
  type BusMessage,
  createMemoryNetwork,
  deliver,
  HEADERS,
  type MemoryBus,
  OWNERS_QUEUE,
  subjects,
} from '@cordboard/bus';
import {
  type AppendError,
  createMemoryStore,
  createVault,
  emptyLog,
  type EventStore,
} from '@cordboard/event-store';
import { err, type JsonObject, parseTarget } from '@cordboard/kernel';
import { type ScriptedAdapter, scriptedAdapter, sequentialIds, virtualClock } from '@cordboard/testing';
import { LAPSE_MS } from './binding-handler.ts';
import { type EngineCounter } from './ports.ts';
import { createWorker, type Worker } from './worker.ts';

interface Answer {
  readonly result: string;
  readonly failure?: { readonly code: string; readonly message: string };
  readonly data?: JsonObject;
}

interface Place {
  readonly worker: Worker;
  readonly bus: MemoryBus;
  readonly counts: Map<EngineCounter, number>;
  /** The next appends of this worker fail so, before they reach the log (or after, when `late`). */
  failing: { readonly error: AppendError; readonly late?: boolean } | null;
}

/** Several workers over one log and one network, an adapter, and a desk that plays the edge. */
const office = () => {
  const clock = virtualClock();
  const network = createMemoryNetwork();
  const log = emptyLog();
  const ids = sequentialIds();
  const desk = network.connect({ clock });
  const adapter: ScriptedAdapter = scriptedAdapter({ bus: network.connect({ clock }), clock });
  const events: JsonObject[] = [];
  let requests = 0;

  const turn = async (): Promise<void> => {
    for (let n = 0; n < 60; n += 1) await new Promise(setImmediate);
  };

  const storeOf = (place: () => Place): EventStore => {
    const store = createMemoryStore({ now: clock.now, log });
    return {
      ...store,
      append: async (append) => {
        const { failing } = place();
        if (failing === null) return store.append(append);
        place().failing = null;
        if (failing.late === true) await store.append(append);
        return err(failing.error);
      },
    };
  };

  const hire = async (workerId: string): Promise<Place> => {
    const bus = network.connect({ clock });
    const counts = new Map<EngineCounter, number>();
    const silent = (): void => undefined;
    const worker = createWorker(
      {
        store: storeOf(() => place),
        vault: createVault({ tenantKeys: () => Buffer.alloc(32, 7) }),
        bus,
        clock,
        ids,
        log: { info: silent, warn: silent, error: silent },
        metrics: {
          count: (name, by = 1) => counts.set(name, (counts.get(name) ?? 0) + by),
          owned: silent,
        },
      },
      {
        workerId,
        defaultProcessor: 'sim',
        policy: { resumeMs: 120_000, whenLapsed: 'keep', unboundMs: 300_000 },
      },
    );
    const place: Place = { worker, bus, counts, failing: null };
    const queue = { queue: OWNERS_QUEUE };
    bus.subscribe(subjects.prepares(), (message: BusMessage) => void worker.onPrepare(message), queue);
    bus.subscribe(subjects.claims(), (message: BusMessage) => void worker.onClaim(message), queue);
    bus.subscribe(subjects.ctiStatuses(), (message: BusMessage) => worker.onStatus(message));
    await worker.start();
    adapter.status();
    await turn();
    return place;
  };

  const send = async (
    command: string,
    path: string,
    data: JsonObject = {},
    { requestId = `r${(requests += 1)}`, binding = 'b1', actor = 'agent:1001' } = {},
  ): Promise<Answer> => {
    const kind = command === 'bindSession' || path.split('.').length === 1 ? 'session' : 'channel';
    const target = parseTarget(command.startsWith('conversation.') ? 'conversation' : kind, path);
    if (!target.ok) throw new Error(path);
    const answered = deliver(desk, {
      subject: subjects.command('demo', target.value, command),
      claim: subjects.claim('demo'),
      body: JSON.stringify({ command, requestId, target: path, data }),
      headers: { [HEADERS.actor]: actor, [HEADERS.binding]: binding },
      clock,
      timeoutMs: 60_000,
    });
    return settle(answered).then((result) =>
      result.ok ? (JSON.parse(result.value.body) as Answer) : { result: result.error },
    );
  };

  /** Lets the world turn, and time pass when that alone does not help, until the promise settles. */
  const settle = async <T>(promise: Promise<T>): Promise<T> => {
    let done = false;
    const finished = promise.finally(() => (done = true));
    for (let n = 0; n < 400 && !done; n += 1) {
      await turn();
      if (!done) clock.advance(200);
    }
    return finished;
  };

  const prepare = async (data: JsonObject = {}): Promise<Answer> => {
    const asked = desk.request(
      subjects.prepare('demo'),
      JSON.stringify({
        command: 'prepareSession',
        requestId: `p${(requests += 1)}`,
        data: { agent: { id: '1001', password: 'demo' }, ...data },
      }),
      { timeoutMs: 20_000, headers: { [HEADERS.actor]: 'agent:1001' } },
    );
    const answer = await settle(asked);
    return answer.ok ? (JSON.parse(answer.value.body) as Answer) : { result: answer.error };
  };

  /** A started session with one channel; gives their paths. */
  const start = async (): Promise<{ session: string; channel: string }> => {
    const session = ((await prepare()).data?.session as { id: string }).id;
    desk.subscribe(subjects.eventsOf('demo', session), ({ body }) => {
      const event = JSON.parse(body) as JsonObject;
      if (event.messageType === 'objectEvent') events.push(event);
    });
    expect((await send('bindSession', session, { client: 'tab' })).result).toBe('success');
    expect((await send('session.start', session)).result).toBe('success');
    await turn();
    const created = events.find(({ name }) => name === 'channel.created');
    const { id } = (created?.data as { channel: { id: string } }).channel;
    return { session, channel: `${created?.target as string}.${id}` };
  };

  const names = (): readonly string[] => events.map(({ name }) => name as string);
  const stream = (session: string) => log.streams.get(session) ?? [];
  const types = (session: string): readonly string[] => stream(session).map(({ type }) => type);
  return {
    clock,
    log,
    desk,
    adapter,
    hire,
    send,
    prepare,
    start,
    turn,
    settle,
    names,
    stream,
    types,
    events,
  };
};

const count = (all: readonly string[], one: string): number => all.filter((type) => type === one).length;

describe('a session worker', () => {
  it('prepares, binds and starts a session', async () => {
    const { hire, start, names, adapter, stream } = office();
    const { worker } = await hire('w1');
    const { session } = await start();
    expect(names()).toEqual([
      'channelgroup.created',
      'state.updated',
      'channel.created',
      'state.updated',
      'channel.initialized',
      'channelgroup.initialized',
      'session.initialized',
    ]);
    expect(adapter.heard).toContain('cti.query.validateagent');
    expect(worker.owned()).toBe(1);
    expect(stream(session).map(({ seq }) => seq)).toEqual(stream(session).map((_, index) => index + 1));
    expect(JSON.stringify(stream(session))).not.toContain('"demo"password');
  });

  it('asks before a second session, and ends the first when told to', async () => {
    const { hire, start, prepare, types } = office();
    await hire('w1');
    const { session } = await start();
    expect(await prepare()).toMatchObject({ result: 'confirm', data: { session: { id: session } } });
    expect(await prepare({ override: true })).toMatchObject({ result: 'success' });
    expect(types(session).at(-1)).toBe('SessionClosed');
  });

  it('refuses credentials that the switch refuses, and says why', async () => {
    const { hire, prepare, adapter } = office();
    await hire('w1');
    adapter.script('cti.query.validateagent', { refuse: 'Wrong password.' });
    expect(await prepare()).toMatchObject({ failure: { code: 'CTI_ERROR', message: 'Wrong password.' } });
  });

  it('prepares nothing while no adapter takes sessions', async () => {
    const { hire, prepare, adapter, turn, clock } = office();
    await hire('w1');
    adapter.status('STOPPED');
    await turn();
    expect(await prepare()).toMatchObject({ failure: { code: 'CTI_ERROR' } });
    adapter.status();
    await turn();
    clock.advance(3_000);
    expect(await prepare()).toMatchObject({ failure: { code: 'CTI_ERROR' } });
  });
});

describe('a command', () => {
  it('is carried out once, however often and with whatever content it is sent', async () => {
    const { hire, start, send, types, adapter } = office();
    await hire('w1');
    const { session, channel } = await start();
    const first = await send('channel.request.activate', channel, {}, { requestId: 'same' });
    const again = await send('channel.request.activate', channel, {}, { requestId: 'same' });
    expect([first.result, again]).toEqual(['success', first]);
    expect(count(types(session), 'CommandAccepted')).toBe(2);
    expect(count(adapter.heard, 'channel.request.activate')).toBe(1);
    const other = await send('channel.request.ready', channel, {}, { requestId: 'same' });
    expect(other.failure?.code).toBe('REQUEST_ID_REUSED');
  });

  it('fails with the words of the switch, or when the switch is silent for too long', async () => {
    const { hire, start, send, adapter } = office();
    await hire('w1');
    const { channel } = await start();
    adapter.script('channel.request.activate', { refuse: 'No licence left.' });
    expect(await send('channel.request.activate', channel)).toMatchObject({
      failure: { code: 'CTI_ERROR', message: 'No licence left.' },
    });
    adapter.script('channel.request.activate', 'silent');
    const late = await send('channel.request.activate', channel);
    expect(late.failure?.code).toBe('CTI_ERROR');
  });

  it('of another agent, another session or a former desktop is refused', async () => {
    const { hire, start, send } = office();
    await hire('w1');
    const { channel } = await start();
    const codes = [
      await send('channel.request.ready', channel, {}, { actor: 'agent:1002' }),
      await send('channel.request.ready', channel, {}, { binding: 'b0' }),
      await send('channel.request.ready', channel.replace(/^[^.]+/, '01890a5d-ac96-774b-bcce-b302099a8057')),
    ].map(({ failure }) => failure?.code);
    expect(codes).toEqual(['FORBIDDEN', 'SESSION_TAKEN_OVER', 'UNKNOWN_TARGET']);
  });

  it('whose write is refused fails, and the session goes on from what is stored', async () => {
    const { hire, start, send, types } = office();
    const place = await hire('w1');
    const { session, channel } = await start();
    const before = types(session).length;
    place.failing = { error: { kind: 'unavailable', reason: 'disk full' } };
    const failed = await send('channel.request.activate', channel);
    expect(failed.failure?.code).toBe('SERVICE_UNAVAILABLE');
    expect(types(session).slice(before)).not.toContain('CommandAccepted');
    expect((await send('channel.request.activate', channel)).result).toBe('success');
  });

  it('whose write was stored though its answer was lost is not carried out twice', async () => {
    const { hire, start, send, types, adapter } = office();
    const place = await hire('w1');
    const { session, channel } = await start();
    place.failing = { error: { kind: 'unknown', reason: 'connection lost' }, late: true };
    expect((await send('channel.request.activate', channel)).result).toBe('success');
    expect(count(types(session), 'CommandAccepted')).toBe(2);
    expect(adapter.heard.filter((name) => name.startsWith('channel.request.activate'))).toEqual([
      'channel.request.activate?',
    ]);
  });
});

describe('ownership', () => {
  it('passes to the other worker when the owner is gone, in the middle of a command', async () => {
    const { hire, start, send, adapter, types } = office();
    const first = await hire('w1');
    const { session, channel } = await start();
    const second = await hire('w2');
    adapter.script('channel.request.activate', 'silent');
    const pending = send('channel.request.activate', channel);
    for (let n = 0; n < 60; n += 1) await new Promise(setImmediate);
    first.bus.sever();
    adapter.script('channel.request.activate', {});
    expect((await pending).result).toBe('success');
    expect(second.worker.owned()).toBe(1);
    expect(count(types(session), 'OwnershipClaimed')).toBe(2);
    expect(adapter.heard).toContain('channel.request.activate?');
  });

  it('fences an owner that woke up too late', async () => {
    const { hire, start, send, types, adapter } = office();
    const first = await hire('w1');
    const { session, channel } = await start();
    const second = await hire('w2');
    // The second worker is made to claim although the first still listens.
    await second.worker.onClaim({
      subject: '',
      address: { kind: 'claim', tenant: 'demo' },
      body: '{}',
      headers: {
        [HEADERS.for]: subjects.command('demo', { session }, 'renewBinding'),
        [HEADERS.actor]: 'agent:1001',
      },
    });
    expect((await send('channel.request.activate', channel)).result).toBe('success');
    await adapter.report('channel.activated', channel);
    expect((await send('channel.request.ready', channel)).result).toBe('success');
    expect([first.worker.owned(), second.worker.owned()]).toEqual([0, 1]);
    expect(count(types(session), 'OwnershipClaimed')).toBe(2);
    expect(count(types(session), 'CommandAccepted')).toBe(3);
  });

  it('is taken over from a worker that no longer beats, with nobody asking', async () => {
    const { hire, start, turn, clock } = office();
    const first = await hire('w1');
    await start();
    const second = await hire('w2');
    first.bus.sever();
    await first.worker.stop();
    for (let n = 0; n < 5; n += 1) {
      clock.advance(1_000);
      await turn();
    }
    expect(second.worker.owned()).toBe(1);
  });

  it('of a session that is over or was never there is refused', async () => {
    const { hire, start, send, prepare } = office();
    await hire('w1');
    const { session, channel } = await start();
    await prepare({ override: true });
    expect((await send('channel.request.ready', channel)).failure?.code).toBe('SESSION_CLOSED');
    const unknown = session.replace(/^.{8}/, '01890a5d');
    expect((await send('bindSession', unknown, { client: 'x' })).failure?.code).toBe('UNKNOWN_TARGET');
  });
});

describe('switch events', () => {
  it('are recorded once, and answered only then', async () => {
    const { hire, start, adapter, types, settle } = office();
    await hire('w1');
    const { session, channel } = await start();
    expect(await settle(adapter.report('channel.activated', channel))).toBe('{"ok":true}');
    const after = types(session).length;
    expect(await settle(adapter.report('channel.activated', channel, {}, 1))).toBe('{"ok":true}');
    expect(types(session)).toHaveLength(after);
    expect(count(types(session), 'ChannelInfoChanged')).toBe(1);
  });

  it('that cannot be read are dropped and said so', async () => {
    const { hire, start, adapter, settle } = office();
    const { counts } = await hire('w1');
    const { channel } = await start();
    const dropped = '{"ok":false,"code":"MALFORMED"}';
    expect(await settle(adapter.report('channel.interaction', channel, { nativeid: 7 }))).toBe(dropped);
    expect(await settle(adapter.report('channel.unheardof', channel))).toBe(dropped);
    expect(counts.get('switch_events_malformed')).toBe(2);
  });

  it('reach the next owner when the first is gone', async () => {
    const { hire, start, adapter, settle, names } = office();
    const first = await hire('w1');
    const { channel } = await start();
    await hire('w2');
    first.bus.sever();
    expect(await settle(adapter.report('channel.activated', channel))).toBe('{"ok":true}');
    expect(names().slice(-3)).toEqual(['channel.infochanged', 'state.updated', 'state.updated']);
  });
});

describe('a desktop', () => {
  it('that is silent for too long is unbound, and one that renews is not', async () => {
    const { hire, start, send, clock, turn, types } = office();
    await hire('w1');
    const { session } = await start();
    for (let n = 0; n < 5; n += 1) {
      clock.advance(LAPSE_MS / 3);
      await turn();
      expect((await send('renewBinding', session)) as unknown).toMatchObject({ bound: true });
    }
    expect(count(types(session), 'ClientUnbound')).toBe(0);
    for (let n = 0; n < 20; n += 1) {
      clock.advance(1_000);
      await turn();
    }
    expect(count(types(session), 'ClientUnbound')).toBe(1);
  });

  it('goes on from its cursor, or starts afresh from a snapshot that equals what was announced', async () => {
    const { hire, start, send, events } = office();
    await hire('w1');
    const { session } = await start();
    const last = events.at(-1)?.sequence;
    const bind = async (afterSequence?: number): Promise<JsonObject | undefined> =>
      (await send('bindSession', session, { client: 'tab', afterSequence })).data;
    expect(await bind(2)).toEqual({ mode: 'resumed', sequence: last, started: true });
    expect(await bind(Number(last) + 1)).toMatchObject({ mode: 'reset', sequence: last });
    const { snapshot } = (await bind()) as { snapshot: { events: JsonObject[] } };
    expect(snapshot.events.map(({ name, target, data }) => ({ name, target, data }))).toEqual(
      events.map(({ name, target, data }) => ({ name, target, data })),
    );
  });
});
