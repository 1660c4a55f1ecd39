import { isJsonObject, type JsonObject } from '@cordboard/kernel';

/** What a server sent: a response, an object event or a heartbeat; any of it may be wrong. */
export interface Frame {
  readonly command?: unknown;
  readonly requestId?: unknown;
  readonly target?: unknown;
  readonly result?: unknown;
  readonly messageType?: unknown;
  readonly name?: unknown;
  readonly data?: JsonObject | undefined;
  readonly failure?: { readonly code?: unknown; readonly message?: unknown } | undefined;
  readonly original?: unknown;
  readonly sequence?: unknown;
  readonly previous?: unknown;
  readonly at?: unknown;
}

export const isEvent = (frame: Frame): boolean => frame.messageType === 'objectEvent';

export const isResponse = (frame: Frame): boolean => frame.result !== undefined;

/** Text of a field, empty when it is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A field that should be an object, empty when it is none. */
export const objectOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

/** A frame on one line, cut, for the message of a failed check. */
export const brief = (value: unknown, most = 300): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > most ? `${text.slice(0, most)}...` : text;
};
