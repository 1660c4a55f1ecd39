import { type AdapterMetrics, type LinkTo, reconnectingNatsLink, tcpLink } from '@cordboard/adapter-sdk';
import { type Bus, connectNats } from '@cordboard/bus';
import { type Clock } from '@cordboard/kernel';
import { type Logger, systemIds } from '@cordboard/runtime';
import { type EffectLog } from './effect-log.ts';
import { type SimulatorConfig } from './simulator-config.ts';

/** How to connect to NATS; null where the bridge is spoken over TCP. */
export type ConnectBus = (() => Promise<Bus>) | null;

/** The token of `ConnectBus`. */
export const CONNECT_BUS = Symbol('ConnectBus');

/** NATS, unless a gateway is to be spoken to. */
export const natsOf = (config: SimulatorConfig, logger: Logger): ConnectBus => {
  const { natsUrl, ctiUrl } = config;
  if (ctiUrl !== undefined || natsUrl === undefined) return null;
  return () =>
    connectNats({
      url: natsUrl,
      credsFile: config.natsCreds,
      name: `cti-simulator ${config.instance}`,
      onError: (error, subject) => logger.error('a message could not be handled', { error, subject }),
    });
};

/** What the adapter tells the time, writes and counts with. */
export interface Speaking {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: AdapterMetrics;
  /** Absent where nothing is written down. */
  readonly effects?: EffectLog | undefined;
}

/** What carries the adapter, and where it writes and counts; a new link for every start. */
export interface Carrier extends Speaking {
  readonly processor: string;
  readonly newLink: () => LinkTo;
}

/** Over NATS, or over TCP to a gateway where there is none; either is connected to again when it is lost. */
export const carrierOver = (
  connect: ConnectBus,
  { tenant, processor, instance, ctiUrl, ctiToken }: SimulatorConfig,
  speaking: Speaking,
): Carrier => {
  if (connect !== null) {
    const record = speaking.effects?.record;
    const where = { connect, ids: systemIds, tenant, processor, instance, record };
    return { ...speaking, processor, newLink: () => reconnectingNatsLink({ ...where, ...speaking }) };
  }
  const { hostname, port } = new URL(ctiUrl ?? '');
  const where = { host: hostname, port: Number(port), token: ctiToken, processor };
  return { ...speaking, processor, newLink: () => tcpLink({ ...where, ...speaking }) };
};
