import { type LinkTo } from '@cordboard/adapter-sdk';
import { type Clock } from '@cordboard/kernel';
import { type Admission } from './admission.ts';

/** What the gateway counts; docs/operations.md says what each means. */
export type GatewayCounter =
  | 'clients_admitted'
  | 'clients_refused'
  | 'clients_second'
  | 'clients_surplus'
  | 'clients_slow'
  | 'clients_silent'
  | 'clients_paused'
  | 'clients_failed'
  | 'handshakes_failed'
  | 'frames_broken'
  | 'messages_oversized'
  | 'messages_malformed'
  | 'messages_repaired'
  | 'messages_unexpected'
  | 'answers_unknown'
  | 'questions_refused'
  | 'questions_unanswered';

interface GatewayLog {
  readonly info: (message: string, context?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, context?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, context?: Readonly<Record<string, unknown>>) => void;
}

/** Everything that a connection touches outside itself. */
export interface GatewayPorts {
  readonly admission: Admission;
  /** What carries a client's messages on, by processor. */
  readonly linkTo: (processor: string) => LinkTo;
  readonly clock: Clock;
  /** Ids of the gateway's own questions. */
  readonly newId: () => string;
  readonly log: GatewayLog;
  readonly count: (name: GatewayCounter) => void;
  /** How many clients are connected. */
  readonly connected: (clients: number) => void;
  /** Largest message that is carried on. */
  readonly maxBytes: number;
}
