import { type Bus } from '@cordboard/bus';
import { type ProcessorStatus } from '@cordboard/cti-protocol';
import { type Clock, type IdSource } from '@cordboard/kernel';
import { type AdapterHandlers } from './handlers.ts';
import { type AdapterLogger, type AdapterMetrics } from './ports.ts';
import { type SessionRegister } from './session-register.ts';

/** What an adapter is made of. `processor` is the switch's name in Cordboard, `instance` this process's. */
export interface AdapterOptions {
  readonly bus: Bus;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly tenant: string;
  readonly processor: string;
  readonly instance: string;
  readonly handlers: AdapterHandlers;
  readonly logger: AdapterLogger;
  readonly metrics?: AdapterMetrics | undefined;
}

/** What the parts of an adapter share. `incarnation` is new with every start. */
export interface AdapterContext extends AdapterOptions {
  readonly metrics: AdapterMetrics;
  readonly incarnation: string;
  readonly sessions: SessionRegister;
  readonly status: () => ProcessorStatus;
}
