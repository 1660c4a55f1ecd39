import { type JsonObject } from '@cordboard/kernel';

export type CtiMessageType = 'cti.query' | 'cti.request' | 'cti.response' | 'cti.event';

/** Header of every bridge message (bridge A.3). */
export interface CtiHeader {
  readonly type: CtiMessageType;
  readonly name: string;
  /** Dotted path of the object, or `<processor>.CONTROL`. */
  readonly target: string;
  /** Queries, requests and their answers. */
  readonly requestId?: string | undefined;
  /** Answers. */
  readonly result?: 'SUCCESS' | 'FAILURE' | undefined;
  /** Answers that failed. */
  readonly errorMessage?: string | undefined;
}

/** One bridge message; `body` is always an object. */
export interface CtiMessage {
  readonly header: CtiHeader;
  readonly body: JsonObject;
}

/** What an adapter says of itself on the control target (bridge C.1); instance fields are ours. */
export type ProcessorStatus = 'STARTING' | 'STARTED' | 'STOPPING' | 'STOPPED';
