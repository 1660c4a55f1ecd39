import { randomUUID } from 'node:crypto';
import {
  ADAPTER_COUNTERS,
  type AdapterLogger,
  type AdapterMetrics,
  type LinkTo,
  reconnectingNatsLink,
} from '@cordboard/adapter-sdk';
import { type Bus, connectNats } from '@cordboard/bus';
import { type Clock } from '@cordboard/kernel';
import { type Logger, type Metrics, systemIds } from '@cordboard/runtime';
import { createAdmission, isLoopback } from './admission.ts';
import { type BusWatch, createBusWatch } from './bus-watch.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { type GatewayConfig, tokensOf } from './gateway-config.ts';
import { createGatewayCounters } from './gateway-counters.ts';
import { createQuietLog } from './quiet-log.ts';
import { readTlsKeys } from './tls-keys.ts';

const connectAs =
  ({ natsUrl, natsCreds, instance }: GatewayConfig, logger: Logger) =>
  (who: string): Promise<Bus> =>
    connectNats({
      url: natsUrl,
      credsFile: natsCreds,
      name: `${instance} ${who}`,
      onError: (error, subject) => logger.error('a message could not be handled', { error, subject }),
    });

/** The counters of all links together, as every adapter has them. */
const countLinks = (metrics: Metrics): AdapterMetrics => {
  const counter = metrics.counter({
    name: 'adapter_total',
    help: 'What the links of the adapters did, by kind',
    labels: { kind: ADAPTER_COUNTERS },
  });
  return { count: (kind, by = 1) => counter.add({ kind }, by) };
};

/** A link logs each message that it drops, and a client may send any number of them. */
const quietly = (clock: Clock, { info, warn, error }: Logger): AdapterLogger => ({
  info: createQuietLog(clock, info),
  warn: createQuietLog(clock, warn),
  error: createQuietLog(clock, error),
});

/** The watch over NATS. */
export const liveBusWatch = (config: GatewayConfig, clock: Clock, logger: Logger): BusWatch => {
  const connect = connectAs(config, logger);
  return createBusWatch({ connect: () => connect('watch'), clock, logger, maxBytes: config.maxBytes });
};

/** The gateway on real servers. Throws when its certificates cannot be used. */
export const liveGateway = (
  config: GatewayConfig,
  clock: Clock,
  logger: Logger,
  metrics: Metrics,
): Gateway => {
  const { tenant, instance, processor, ctiHost, ctiPort, maxBytes } = config;
  const connect = connectAs(config, logger);
  const linkMetrics = countLinks(metrics);
  const tls = readTlsKeys(config);
  if (tls === undefined && !isLoopback(ctiHost) && ctiHost !== 'localhost') {
    logger.warn('adapters connect from other machines without TLS; set CORDBOARD_CTI_TLS_CERT', { ctiHost });
  }
  const linkTo = (name: string): LinkTo =>
    reconnectingNatsLink({
      ...{ connect: () => connect(name), clock, ids: systemIds, metrics: linkMetrics },
      logger: quietly(clock, logger),
      ...{ tenant, processor: name, instance },
    });
  const admission = createAdmission({ processor, tokens: tokensOf(config) });
  const counters = createGatewayCounters(metrics);
  return createGateway(
    { admission, linkTo, clock, newId: randomUUID, log: logger, maxBytes, ...counters },
    { host: ctiHost, port: ctiPort, tls },
  );
};
