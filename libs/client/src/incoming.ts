import { type Heartbeat, type ObjectEvent, type Response } from '@cordboard/agent-protocol';
import { isJsonObject } from '@cordboard/kernel';

/** A frame of the server, told apart. */
export type Incoming =
  | { readonly kind: 'event'; readonly event: ObjectEvent }
  | { readonly kind: 'heartbeat'; readonly heartbeat: Heartbeat }
  | { readonly kind: 'response'; readonly response: Response }
  | { readonly kind: 'unknown' };

const RESULTS: readonly unknown[] = ['success', 'failure', 'needinfo', 'confirm'];

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const isEvent = (value: object): value is ObjectEvent => {
  const { target, name, data, sequence, previous } = value as Record<string, unknown>;
  return (
    typeof target === 'string' &&
    typeof name === 'string' &&
    isJsonObject(data) &&
    typeof sequence === 'number' &&
    (previous === null || typeof previous === 'number')
  );
};

/** Tells a frame's kind; what a newer server may add is `unknown` and can be ignored. */
export const readFrame = (text: string): Incoming => {
  const frame = parsed(text);
  if (!isJsonObject(frame)) return { kind: 'unknown' };
  if (frame['messageType'] === 'objectEvent' && isEvent(frame)) return { kind: 'event', event: frame };
  if (frame['messageType'] === 'heartbeat' && typeof frame['sequence'] === 'number') {
    return { kind: 'heartbeat', heartbeat: frame as unknown as Heartbeat };
  }
  if (RESULTS.includes(frame['result']) && typeof frame['command'] === 'string') {
    return { kind: 'response', response: frame as unknown as Response };
  }
  return { kind: 'unknown' };
};
