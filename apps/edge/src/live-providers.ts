import { randomUUID } from 'node:crypto';
import { type Bus, connectNats } from '@cordboard/bus';
import { createPostgresStore, createVault, type EventStore, loadTenantKeys } from '@cordboard/event-store';
import { type Clock } from '@cordboard/kernel';
import { CLOCK, HEALTH, type Health, type Logger, LOGGER, METRICS, type Metrics } from '@cordboard/runtime';
import { type Provider } from '@nestjs/common';
import { createTokenVerifier, type TokenKeys } from './access/token-verifier.ts';
import { EdgeConfig } from './edge-config.ts';
import { createEdgeCounters } from './edge-counters.ts';
import { type EdgePorts } from './edge-ports.ts';
import { type EdgeSettings } from './edge-settings.ts';
import { HeardSessions } from './stream/heard-sessions.ts';
import { createHistory } from './stream/history.ts';
import { Connections } from './connections.ts';
import { EDGE_PORTS, EDGE_SETTINGS } from './tokens.ts';

const BUS = Symbol('bus');
const STORE = Symbol('store');

const connectBus = ({ natsUrl, natsCreds }: EdgeConfig, logger: Logger): Promise<Bus> =>
  connectNats({
    url: natsUrl,
    credsFile: natsCreds,
    name: 'edge',
    onError: (error, subject) => logger.error('a message could not be handled', { error, subject }),
  });

const openStore = ({ databaseUrl }: EdgeConfig, logger: Logger): Promise<EventStore> =>
  createPostgresStore({
    url: databaseUrl,
    workerId: `edge-${process.pid}`,
    onTrouble: (error) => logger.warn('the database is in trouble', { error }),
  });

const keysOf = ({ jwksUrl, jwtAlgorithm, jwtSecret }: EdgeConfig): TokenKeys =>
  jwksUrl === undefined
    ? { kind: 'secret', secret: jwtSecret ?? '' }
    : { kind: 'jwks', url: jwksUrl, algorithm: jwtAlgorithm };

const settingsOf = ({ origins, maxSockets, devTokens, jwksUrl, jwtSecret }: EdgeConfig): EdgeSettings => ({
  origins,
  maxSockets,
  devTokenSecret: devTokens && jwksUrl === undefined ? (jwtSecret ?? null) : null,
});

const portsOf = (
  bus: Bus,
  store: EventStore,
  config: EdgeConfig,
  { log, metrics, clock }: { readonly log: Logger; readonly metrics: Metrics; readonly clock: Clock },
): EdgePorts => {
  const vault = createVault({
    tenantKeys: loadTenantKeys({ keys: config.tenantKeys, dataDir: config.dataDir }),
  });
  const { kept, heardSessions, ...meters } = createEdgeCounters(metrics);
  return {
    bus,
    heard: new HeardSessions({
      bus,
      clock,
      keepMs: config.ringMs,
      onMalformed: () => meters.count('events_malformed'),
      onBytes: kept,
      onSessions: heardSessions,
    }),
    history: createHistory(store, vault),
    verify: createTokenVerifier(keysOf(config), clock),
    commandsPerSecond: config.commandsPerSecond,
    clock,
    newId: randomUUID,
    log,
    ...meters,
  };
};

/** The edge's ports on real servers. */
export const liveProviders: readonly Provider[] = [
  { provide: BUS, inject: [EdgeConfig, LOGGER], useFactory: connectBus },
  { provide: STORE, inject: [EdgeConfig, LOGGER], useFactory: openStore },
  { provide: EDGE_SETTINGS, inject: [EdgeConfig], useFactory: settingsOf },
  {
    provide: EDGE_PORTS,
    inject: [BUS, STORE, EdgeConfig, LOGGER, METRICS, CLOCK],
    useFactory: (...given: [Bus, EventStore, EdgeConfig, Logger, Metrics, Clock]) => {
      const [bus, store, config, log, metrics, clock] = given;
      return portsOf(bus, store, config, { log, metrics, clock });
    },
  },
  {
    provide: Connections,
    inject: [BUS, STORE, HEALTH, LOGGER, CLOCK],
    useFactory: (...given: [Bus, EventStore, Health, Logger, Clock]) => new Connections(...given),
  },
];
