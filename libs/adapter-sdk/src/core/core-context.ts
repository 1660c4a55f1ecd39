import { type CtiMessage, type ProcessorStatus } from '@cordboard/cti-protocol';
import { type Clock } from '@cordboard/kernel';
import { type AdapterLogger, type AdapterMetrics } from '../ports.ts';
import { type AdapterHandlers } from './handlers.ts';
import { type SessionRegister } from './session-register.ts';

/** What an adapter is made of, whatever carries it. */
export interface PeerOptions {
  /** The switch's name in Cordboard. */
  readonly processor: string;
  readonly handlers: AdapterHandlers;
  /** How the link to the switch is at first; default STARTED. */
  readonly status?: ProcessorStatus | undefined;
  readonly clock: Clock;
  readonly logger: AdapterLogger;
  readonly metrics?: AdapterMetrics | undefined;
}

/** What the parts of the core share. */
export interface CoreContext extends Omit<PeerOptions, 'status'> {
  readonly metrics: AdapterMetrics;
  readonly sessions: SessionRegister;
  readonly status: () => ProcessorStatus;
  readonly emit: (event: CtiMessage) => void;
}

/** The way back of one question. */
export type Answering = (response: CtiMessage) => void;
