import { type BusMessage, type NatsBusWithFeed, OWNERS_QUEUE, subjects } from '@cordboard/bus';
import { type House } from '@cordboard/domain';
import { createWorker, type Worker } from '@cordboard/engine';
import { createVault, type EventStore } from '@cordboard/event-store';
import { systemClock, systemIds } from '@cordboard/runtime';

const REASON = { reasonCodeId: '1', reasonCodeCode: 'B', selectable: true, extensions: [], labels: [] };

/** A list that is told without asking the switch. */
const HOUSE: House = {
  directory: [],
  notReadyReasons: [REASON],
  logoutReasons: [],
  dispositions: [],
  queues: {},
  models: {},
};

const silent = (): void => undefined;

/** A session worker in this process, put together as the service does it. */
export const hireWorker = async (bus: NatsBusWithFeed, store: EventStore): Promise<Worker> => {
  const worker = createWorker(
    {
      bus,
      feed: bus.feed,
      store,
      clock: systemClock,
      ids: systemIds,
      vault: createVault({ tenantKeys: () => Buffer.alloc(32, 7) }),
      log: { debug: silent, info: silent, warn: silent, error: silent },
      metrics: { count: silent, owned: silent, level: silent },
    },
    {
      workerId: 'bench',
      defaultProcessor: 'sim',
      house: () => HOUSE,
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
