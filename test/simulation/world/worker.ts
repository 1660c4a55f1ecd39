import { type Bus, type BusMessage, OWNERS_QUEUE, subjects } from '@cordboard/bus';
import { createWorker, type EngineSettings, type Worker } from '@cordboard/engine';
import { type EventStore } from '@cordboard/event-store';
import { type Host } from './host.ts';
import { type Parts } from './parts.ts';

/** A running worker process. */
export interface WorkerProcess {
  readonly host: Host;
  readonly worker: Worker;
  readonly bus: Bus;
  readonly store: EventStore;
}

/** What a house has configured, and what release a worker is of. */
export type WorkerSettings = Omit<EngineSettings, 'workerId' | 'defaultProcessor'>;

/** Starts a worker as the session app does; raises when the message server or the log cannot be reached. */
export const startWorker = async (settings: WorkerSettings, parts: Parts): Promise<WorkerProcess> => {
  const { host, feed, store, vault, ids, note } = parts;
  const bus = await parts.connect();
  const said = (level: string) => (message: string, context?: unknown) =>
    note(`${level} ${message} ${context === undefined ? '' : JSON.stringify(context)}`);
  const worker = createWorker(
    {
      store,
      vault,
      bus,
      feed,
      clock: host.clock,
      ids,
      log: { debug: said('debug'), info: said('info'), warn: said('warn'), error: said('error') },
      metrics: { count: () => undefined, owned: () => undefined, level: () => undefined },
    },
    { ...settings, workerId: host.name, defaultProcessor: 'sim' },
  );
  await store.openLane();
  const queue = { queue: OWNERS_QUEUE };
  bus.subscribe(subjects.prepares(), (message: BusMessage) => void worker.onPrepare(message), queue);
  bus.subscribe(subjects.claims(), (message: BusMessage) => void worker.onClaim(message), queue);
  bus.subscribe(subjects.ctiHellos(), (message: BusMessage) => worker.onHello(message), queue);
  bus.subscribe(subjects.ctiStatuses(), (message: BusMessage) => worker.onStatus(message));
  await worker.start();
  return { host, worker, bus, store };
};

/** Ends it in order, as the app does at SIGTERM. */
export const drainWorker = async ({ worker, bus, store }: WorkerProcess): Promise<void> => {
  await worker.stop();
  await bus.drain();
  await store.close();
};
