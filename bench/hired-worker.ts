import { type Bus, type BusMessage, type Feed, OWNERS_QUEUE, subjects } from '@cordboard/bus';
import { type House } from '@cordboard/domain';
import { createWorker, type Worker } from '@cordboard/engine';
import { createVault, type EventStore } from '@cordboard/event-store';
import { type Clock, type IdSource } from '@cordboard/kernel';

/** What a worker is put together from. */
export interface Hiring {
  readonly bus: Bus;
  readonly feed?: Feed | undefined;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly house?: (() => House) | undefined;
}

const silent = (): void => undefined;

/** A session worker in this process, put together as the service does it. */
export const hireWorker = async ({ house, ...ports }: Hiring): Promise<Worker> => {
  const { bus } = ports;
  const worker = createWorker(
    {
      ...ports,
      vault: createVault({ tenantKeys: () => Buffer.alloc(32, 7) }),
      log: { debug: silent, info: silent, warn: silent, error: silent },
      metrics: { count: silent, owned: silent, level: silent },
    },
    {
      workerId: 'bench',
      defaultProcessor: 'sim',
      house,
      policy: { resumeMs: 120_000, whenLapsed: 'keep', unboundMs: 300_000 },
    },
  );
  const queue = { queue: OWNERS_QUEUE };
  bus.subscribe(subjects.prepares(), (message: BusMessage) => void worker.onPrepare(message), queue);
  bus.subscribe(subjects.claims(), (message: BusMessage) => void worker.onClaim(message), queue);
  bus.subscribe(subjects.ctiStatuses(), (message: BusMessage) => worker.onStatus(message));
  await worker.start();
  await bus.flush();
  return worker;
};
