import { type Response } from '@cordboard/agent-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { type Commands } from './commands.ts';
import { type PrepareOptions } from './options.ts';
import { type Listen } from './protocol/event-data.ts';
import { type SessionModel } from './session-model/model.ts';
import { type ConnectionStatus } from './status.ts';

/**
 * One agent's connection: at most one session at a time. It comes back by itself after a loss of the line,
 * binds again where it stopped and repeats unanswered commands under their ids, so that each takes effect
 * once and no event is missed or told twice.
 */
export interface Client {
  readonly clientId: string;
  /** The session bound last, or null. */
  readonly session: string | null;
  /** The session as its events describe it so far. */
  readonly model: SessionModel;
  /** Creates the agent's session; `confirm` when one exists and `override` is not set. */
  readonly prepare: (options: PrepareOptions) => Promise<Response>;
  /** Binds a session; with `takeover` even when another client has it. */
  readonly bind: (session: string, options?: { readonly takeover?: boolean }) => Promise<Response>;
  /** The commands of a session, a method each. */
  readonly commands: Commands;
  /** Any command. Failures are responses; this never rejects. */
  readonly request: (command: string, target: string, data?: JsonObject) => Promise<Response>;
  /** Hears object events by their newest name, `*` for all; the model has them already. */
  readonly on: Listen;
  /** The model was built anew from a snapshot; what was shown before may be wrong. */
  readonly onReset: (listener: (model: SessionModel) => void) => () => void;
  readonly onStatus: (listener: (status: ConnectionStatus) => void) => () => void;
  /** Ends the connection for good; the session itself goes on. */
  readonly close: () => void;
}
