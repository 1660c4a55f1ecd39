import { type Clock, type IdSource } from '@cordboard/kernel';
import { type AdapterLogger, type AdapterMetrics } from '../ports.ts';
import { type BusSource } from './bus-source.ts';
import { type LinkRecord } from './link-record.ts';

/** Where a link over NATS speaks, and for whom. */
export interface NatsLinkOptions {
  readonly clock: Clock;
  /** Default: random ids. */
  readonly ids?: IdSource | undefined;
  readonly tenant: string;
  /** The switch's name in Cordboard. */
  readonly processor: string;
  /** This process among those of the processor; the same after a restart. */
  readonly instance: string;
  /** This start of it; taken from `ids` when absent. */
  readonly incarnation?: string | undefined;
  readonly logger: AdapterLogger;
  readonly metrics?: AdapterMetrics | undefined;
  readonly record?: LinkRecord | undefined;
}

/** What the parts of a link over NATS share. */
export interface LinkContext extends Omit<NatsLinkOptions, 'ids'> {
  readonly incarnation: string;
  readonly metrics: AdapterMetrics;
  readonly source: BusSource;
}
