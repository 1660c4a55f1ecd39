import { type JsonObject } from '@cordboard/kernel';
import { type FailureCode } from './failure-code.ts';

/** A request of the agent protocol (A2) in the WebSocket profile: `requestId` correlates. */
export interface Request {
  /** As received; responses echo this spelling. */
  readonly command: string;
  readonly requestId: string;
  readonly target?: string | undefined;
  readonly data: JsonObject;
}

/** What failed and what to do about it (A4). */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  readonly context?: string | undefined;
}

interface Answer {
  readonly command: string;
  readonly requestId?: string | undefined;
  readonly target?: string | undefined;
}

/** A failure (A4); `original` is the request without its secrets, null when it could not be read. */
export interface FailureResponse extends Answer {
  readonly result: 'failure';
  readonly failure: Failure;
  readonly original: unknown;
}

/** Responses (A3 to A5) and the service level's `confirm`. */
export type Response =
  | (Answer & { readonly result: 'success'; readonly data?: JsonObject | undefined })
  | FailureResponse
  | (Answer & { readonly result: 'needinfo'; readonly uiExtension: JsonObject; readonly original: unknown })
  | (Answer & {
      readonly result: 'confirm';
      readonly message: string;
      readonly data?: JsonObject | undefined;
      readonly original: unknown;
    });

/** An object event (A6) with the cursor of the WebSocket profile. */
export interface ObjectEvent {
  readonly messageType: 'objectEvent';
  readonly target: string;
  readonly name: string;
  readonly data: JsonObject;
  readonly sequence: number;
  /** Sequence of this session's object event before it; null for the first. */
  readonly previous: number | null;
  /** ISO 8601 with milliseconds. */
  readonly at: string;
  /** The object and its parents, nested; only while debugging is switched on. Clients ignore it. */
  readonly context?: JsonObject | undefined;
}

/** Sent every 15 s: the last sequence that this client should have. */
export interface Heartbeat {
  readonly messageType: 'heartbeat';
  readonly target: string;
  readonly sequence: number;
}
