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
  createWorker,
  type EngineCounter,
  type EngineLevel,
  type EngineSettings,
  type Worker,
} from '@cordboard/engine';
import {
  type AppendError,
  createMemoryStore,
  createVault,
  emptyLog,
  type EventStore,
  type Vault,
} from '@cordboard/event-store';
import { err, type JsonObject, type ObjectKind, parseTarget } from '@cordboard/kernel';
import { type ScriptedAdapter, scriptedAdapter } from './scripted-adapter.ts';
import { sequentialIds } from './sequential-ids.ts';
import { virtualClock } from './virtual-clock.ts';

interface Answer {
  readonly result: string;
  readonly failure?: { readonly code: string; readonly message: string; readonly context?: string };
  readonly uiExtension?: JsonObject;
  readonly data?: JsonObject;
}

interface Place {
  readonly worker: Worker;
  readonly bus: MemoryBus;
  readonly counts: Map<EngineCounter, number>;
  /** The highest that each level has been. */
  readonly peaks: Map<EngineLevel, number>;
  /** What this worker has logged. */
  readonly logged: unknown[];
  /** The next appends of this worker fail so, before they reach the log (or after, when `late`). */
  failing: { readonly error: AppendError; readonly late?: boolean } | null;
  /** The log cannot be reached. */
  down: boolean;
  /** What raises in this worker next time: making a record, or telling a command from others. */
  raising: 'record' | 'digest' | null;
  /** An append takes so long to be carried out. */
  appendMs: number;
  /** And so long to be answered after that. */
  answerMs: number;
  /** How full the queue of appends says it is. */
  pressure: number;
}

const DOWN: AppendError = { kind: 'unavailable', reason: 'down' };

/** How often something stands in a list. */
export const count = (all: readonly string[], one: string): number =>
  all.filter((type) => type === one).length;

/** Several workers over one log and one network, an adapter, and a desk that plays the edge. */
export const office = (options: { readonly maxPayloadBytes?: number } = {}) => {
  const clock = virtualClock();
  const network = createMemoryNetwork(options);
  const log = emptyLog();
  const ids = sequentialIds();
  const desk = network.connect({ clock });
  const adapter: ScriptedAdapter = scriptedAdapter({ bus: network.connect({ clock }), clock });
  const events: JsonObject[] = [];
  let requests = 0;

  const turn = async (): Promise<void> => {
    for (let n = 0; n < 60; n += 1) await new Promise(setImmediate);
  };

  const storeOf = (workerId: string, place: () => Place): EventStore => {
    const store = createMemoryStore({ now: clock.now, log, workerId });
    const ifUp =
      <Args extends readonly unknown[], T>(read: (...args: Args) => Promise<T>) =>
      (...args: Args): Promise<T> =>
        place().down ? Promise.reject(new Error('down')) : read(...args);
    return {
      ...store,
      read: ifUp(store.read),
      tail: ifUp(store.tail),
      load: ifUp(store.load),
      saveSnapshots: ifUp(store.saveSnapshots),
      keys: ifUp(store.keys),
      beat: ifUp(store.beat),
      orphans: ifUp(store.orphans),
      now: ifUp(store.now),
      pressure: () => place().pressure,
      append: async (append) => {
        const { failing, down, appendMs, answerMs } = place();
        if (appendMs > 0) await new Promise<void>((resolve) => clock.after(appendMs, resolve));
        if (down) return err(DOWN);
        if (failing === null) {
          const appended = await store.append(append);
          if (answerMs > 0) await new Promise<void>((resolve) => clock.after(answerMs, resolve));
          return appended;
        }
        place().failing = null;
        if (failing.late === true) await store.append(append);
        return err(failing.error);
      },
    };
  };

  const vaultOf = (place: () => Place): Vault => {
    const vault = createVault({ tenantKeys: () => Buffer.alloc(32, 7) });
    const raise = (what: Place['raising']): void => {
      if (place().raising !== what) return;
      place().raising = null;
      throw new Error('a mistake');
    };
    return {
      ...vault,
      digest: (...given) => {
        raise('digest');
        return vault.digest(...given);
      },
      keyring: (...given) => {
        const keyring = vault.keyring(...given);
        return {
          ...keyring,
          record: (head, draft) => {
            raise('record');
            return keyring.record(head, draft);
          },
        };
      },
    };
  };

  const hire = async (
    workerId: string,
    {
      behindMs = 0,
      ...settings
    }: { readonly behindMs?: number } & Pick<
      EngineSettings,
      'house' | 'debugContext' | 'reconcileMs' | 'passivateMs' | 'reads'
    > = {},
  ): Promise<Place> => {
    const bus = network.connect({ clock });
    const counts = new Map<EngineCounter, number>();
    const peaks = new Map<EngineLevel, number>();
    const logged: unknown[] = [];
    const note = (...said: readonly unknown[]): void => void logged.push(said);
    const worker = createWorker(
      {
        store: storeOf(workerId, () => place),
        vault: vaultOf(() => place),
        bus,
        clock: { ...clock, now: () => clock.now() - behindMs },
        ids,
        log: { debug: note, info: note, warn: note, error: note },
        metrics: {
          count: (name, by = 1) => counts.set(name, (counts.get(name) ?? 0) + by),
          owned: () => undefined,
          level: (name, value) => peaks.set(name, Math.max(value, peaks.get(name) ?? 0)),
        },
      },
      {
        workerId,
        defaultProcessor: 'sim',
        policy: { resumeMs: 120_000, whenLapsed: 'keep', unboundMs: 300_000 },
        ...settings,
      },
    );
    const place: Place = {
      worker,
      bus,
      counts,
      peaks,
      logged,
      failing: null,
      down: false,
      raising: null,
      appendMs: 0,
      answerMs: 0,
      pressure: 0,
    };
    const queue = { queue: OWNERS_QUEUE };
    bus.subscribe(subjects.prepares(), (message: BusMessage) => void worker.onPrepare(message), queue);
    bus.subscribe(subjects.claims(), (message: BusMessage) => void worker.onClaim(message), queue);
    bus.subscribe(subjects.claimsByAny(), (message: BusMessage) => void worker.onClaim(message));
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
    const kind = command === 'bindSession' ? 'session' : (command.split('.')[0] as ObjectKind);
    const target = parseTarget(kind, path);
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

  const prepare = async (data: JsonObject = {}, agent = '1001'): Promise<Answer> => {
    const asked = desk.request(
      subjects.prepare('demo'),
      JSON.stringify({
        command: 'prepareSession',
        requestId: `p${(requests += 1)}`,
        data: { agent: { id: agent, password: 'demo' }, ...data },
      }),
      { timeoutMs: 20_000, headers: { [HEADERS.actor]: `agent:${agent}` } },
    );
    const answer = await settle(asked);
    return answer.ok ? (JSON.parse(answer.value.body) as Answer) : { result: answer.error };
  };

  /** A started session with one channel; gives their paths. `given`: data of the start. */
  const start = async (
    given: JsonObject = {},
    { agent = '1001', processor = 'sim' } = {},
  ): Promise<{ session: string; channel: string }> => {
    const session = ((await prepare({ processor }, agent)).data?.session as { id: string }).id;
    desk.subscribe(subjects.eventsOf('demo', session), ({ body }) => {
      const event = JSON.parse(body) as JsonObject;
      if (event.messageType === 'objectEvent') events.push(event);
    });
    for (const command of ['bindSession', 'session.start']) {
      const data = command === 'bindSession' ? { client: 'tab' } : given;
      const answer = await send(command, session, data, { actor: `agent:${agent}` });
      if (answer.result !== 'success') throw new Error(`${command}: ${JSON.stringify(answer)}`);
    }
    await turn();
    const created = events.find(
      ({ name, target }) => name === 'channel.created' && (target as string).startsWith(session),
    );
    const { id } = (created?.data as { channel: { id: string } }).channel;
    return { session, channel: `${created?.target as string}.${id}` };
  };

  const names = (): readonly string[] => events.map(({ name }) => name as string);
  /** Another adapter, of the same switch or of another one; it says that it is there when told to. */
  const recruit = (where: { readonly processor?: string; readonly instance?: string }): ScriptedAdapter =>
    scriptedAdapter({ bus: network.connect({ clock }), clock, ...where });

  /** Lets time pass, a little at a time. */
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 500) {
      clock.advance(Math.min(left, 500));
      await turn();
    }
  };

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
    pass,
    recruit,
    settle,
    names,
    stream,
    types,
    events,
  };
};
