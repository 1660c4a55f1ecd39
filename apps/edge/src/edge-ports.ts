import { type Bus } from '@cordboard/bus';
import { type Clock } from '@cordboard/kernel';
import { type TokenVerifier } from './access/token-verifier.ts';
import { type HeardSessions } from './stream/heard-sessions.ts';
import { type History } from './stream/history.ts';

/** What the edge counts; docs/operations.md says what each means. */
export type EdgeCounter =
  | 'commands_answered'
  | 'commands_refused'
  | 'commands_unanswered'
  | 'floods'
  | 'slow_clients'
  | 'silent_clients'
  | 'stream_repairs'
  | 'bindings_lost'
  | 'events_malformed';

/** Where a browser that came back got what it had missed; `reset`: nowhere, it began afresh. */
type ResumeSource = 'ring' | 'log' | 'reset';

interface EdgeLog {
  readonly info: (message: string, context?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, context?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, context?: Readonly<Record<string, unknown>>) => void;
}

/** Everything that a connection touches outside itself. */
export interface EdgePorts {
  readonly bus: Bus;
  readonly heard: HeardSessions;
  readonly history: History;
  readonly verify: TokenVerifier;
  /** That one connection may send; after a pause twice as many at once. */
  readonly commandsPerSecond: number;
  readonly clock: Clock;
  /** Opaque ids: bindings, and commands whose client gave none. */
  readonly newId: () => string;
  readonly log: EdgeLog;
  readonly count: (name: EdgeCounter) => void;
  readonly resumed: (from: ResumeSource) => void;
  /** How many agents are connected. */
  readonly connected: (sockets: number) => void;
}
