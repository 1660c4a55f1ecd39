import { randomBytes } from 'node:crypto';
import { type Bus, connectNats, createNestStrategy, type NatsBusWithFeed } from '@cordboard/bus';
import { createWorker, type Worker } from '@cordboard/engine';
import { createPostgresStore, createVault, type EventStore, loadTenantKeys } from '@cordboard/event-store';
import { type Clock } from '@cordboard/kernel';
import {
  CLOCK,
  type Health,
  HEALTH,
  type Logger,
  LOGGER,
  type Metrics,
  METRICS,
  systemIds,
} from '@cordboard/runtime';
import { Module } from '@nestjs/common';
import { type CustomTransportStrategy } from '@nestjs/microservices';
import { createEngineMetrics } from './engine-metrics.ts';
import { loadHouses } from './house/house-file.ts';
import { SessionConfig } from './session-config.ts';
import { BUS, STORE, STRATEGY, WORKER } from './tokens.ts';
import { WorkerController } from './worker.controller.ts';
import { WorkerLife } from './worker-life.ts';

/** Unique in the fleet, and tells a person which process it is. */
const workerId = `w-${process.pid}-${randomBytes(4).toString('hex')}`;

const openBus = async (config: SessionConfig, logger: Logger, health: Health): Promise<NatsBusWithFeed> => {
  const bus = await connectNats({
    url: config.natsUrl,
    credsFile: config.natsCreds,
    name: `session ${workerId}`,
    onError: (error, subject) => logger.error('a message was not handled', { error: String(error), subject }),
  });
  health.register('nats', () => bus.flush());
  return bus;
};

const openStrategy = (bus: Bus, metrics: Metrics, worker: Worker): CustomTransportStrategy => {
  const refused = metrics.counter({
    name: 'messages_refused_total',
    help: 'Messages turned away because too many were in handling',
  });
  return createNestStrategy(bus, {
    onOverload: () => refused.add(),
    mayReceiveClaim: worker.mayReceiveClaim,
  });
};

const openStore = async (config: SessionConfig, logger: Logger, health: Health): Promise<EventStore> => {
  const store = await createPostgresStore({
    url: config.databaseUrl,
    workerId,
    keepsConnections: true,
    onTrouble: (error) => logger.warn('the database connection is in trouble', { error: error.message }),
  });
  health.register('postgres', async () => void (await store.now()));
  return store;
};

@Module({
  controllers: [WorkerController],
  providers: [
    WorkerLife,
    { provide: BUS, inject: [SessionConfig, LOGGER, HEALTH], useFactory: openBus },
    { provide: STRATEGY, inject: [BUS, METRICS, WORKER], useFactory: openStrategy },
    { provide: STORE, inject: [SessionConfig, LOGGER, HEALTH], useFactory: openStore },
    {
      provide: WORKER,
      inject: [SessionConfig, BUS, STORE, CLOCK, LOGGER, METRICS],
      useFactory: (
        config: SessionConfig,
        bus: NatsBusWithFeed,
        store: EventStore,
        ...[clock, log, metrics]: [Clock, Logger, Metrics]
      ): Worker =>
        createWorker(
          {
            bus,
            feed: bus.feed,
            store,
            clock,
            log,
            ids: systemIds,
            metrics: createEngineMetrics(metrics),
            vault: createVault({
              tenantKeys: loadTenantKeys({ dataDir: config.dataDir, keys: config.tenantKeys }),
            }),
          },
          {
            workerId,
            defaultProcessor: config.processor,
            house: loadHouses(config.houseFile),
            debugContext: config.debugContext,
            reconcileMs: config.reconcileMs,
            passivateMs: config.passivateMs,
            policy: {
              resumeMs: config.resumeMs,
              whenLapsed: config.resumePolicy,
              unboundMs: config.unboundMs,
            },
          },
        ),
    },
  ],
})
export class SessionModule {}
