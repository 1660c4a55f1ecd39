import { type Bus, connectNats, OWNERS_QUEUE, subjects } from '@cordboard/bus';
import { createWorker, type EngineCounter, type EngineSettings, type Worker } from '@cordboard/engine';
import { createMemoryStore, createVault, type EventStore } from '@cordboard/event-store';
import { sequentialIds, type VirtualClock } from '@cordboard/testing';

/** A real session worker on a real bus, its log in memory. */
export interface BridgeWorker {
  readonly worker: Worker;
  readonly store: EventStore;
  /** How often the engine has counted something. */
  readonly counted: (counter: EngineCounter) => number;
  /** What it has logged as words; a mistake of ours shows here. */
  readonly logged: readonly string[];
  readonly stop: () => Promise<void>;
}

interface Hiring {
  readonly url: string;
  readonly clock: VirtualClock;
  readonly tenant: string;
  readonly processor: string;
  readonly workerId?: string;
  readonly settings?: Partial<EngineSettings>;
}

/** Hears what concerns one tenant, so that the rooms of one server do not meet. */
const serve = (bus: Bus, worker: Worker, { tenant, processor }: Hiring): void => {
  const queue = { queue: OWNERS_QUEUE };
  bus.subscribe(subjects.prepare(tenant), (message) => void worker.onPrepare(message), queue);
  bus.subscribe(subjects.claim(tenant), (message) => void worker.onClaim(message), queue);
  bus.subscribe(subjects.ctiHello(tenant, processor), (message) => worker.onHello(message), queue);
  bus.subscribe(subjects.ctiStatus(tenant, processor), (message) => worker.onStatus(message));
};

/** Hires a worker for one tenant; time passes for it only when the clock is told so. */
export const hireWorker = async (hiring: Hiring): Promise<BridgeWorker> => {
  const { url, clock, processor, workerId = 'w1', settings = {} } = hiring;
  const bus = await connectNats({ url, name: `bridge check ${workerId}` });
  const store = createMemoryStore({ now: clock.now, workerId });
  const counts = new Map<EngineCounter, number>();
  const logged: string[] = [];
  const note = (message: string, context: object = {}): void =>
    void logged.push(`${message} ${JSON.stringify(context)}`);
  const worker = createWorker(
    {
      store,
      vault: createVault({ tenantKeys: () => Buffer.alloc(32, 7) }),
      bus,
      clock,
      ids: sequentialIds(),
      log: { debug: note, info: note, warn: note, error: note },
      metrics: {
        count: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
        owned: () => undefined,
        level: () => undefined,
      },
    },
    {
      workerId,
      defaultProcessor: processor,
      policy: { resumeMs: 120_000, whenLapsed: 'keep', unboundMs: 300_000 },
      ...settings,
    },
  );
  serve(bus, worker, hiring);
  await worker.start();
  await bus.flush();
  return {
    worker,
    store,
    counted: (counter) => counts.get(counter) ?? 0,
    logged,
    stop: async () => {
      await worker.stop();
      await bus.drain();
    },
  };
};
