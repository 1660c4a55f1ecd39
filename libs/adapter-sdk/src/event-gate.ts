import { type JsonObject } from '@cordboard/kernel';
import { nativePath, type NativeAddress } from './address.ts';
import { MAX_DISPOSED_OBJECTS, MAX_HELD_EVENTS, MAX_HELD_OBJECTS } from './limits.ts';
import { findByNatives, nativeAddress, type ObjectNode } from './object-node.ts';

/** Something the switch did, in its own ids. */
export interface SwitchReport {
  readonly at: NativeAddress;
  readonly name: string;
  readonly body: JsonObject;
}

/** Lets an object's events out only after its init query was answered (bridge A7-1), in the order they came. */
export interface EventGate {
  readonly pass: (report: SwitchReport) => void;
  /** The init query of this object was answered: what was held goes out. */
  readonly open: (node: ObjectNode) => void;
  /** This object was disposed: what is held or comes late for it and below is dropped. */
  readonly close: (node: ObjectNode) => void;
  /** This object is registered (again): its events are wanted. */
  readonly expect: (node: ObjectNode) => void;
  readonly reset: () => void;
}

const SEPARATOR = '\u0000';
const keyOf = (at: NativeAddress): string =>
  nativePath(at)
    .map(({ kind, nativeId }) => `${kind}:${nativeId}`)
    .join(SEPARATOR);
const isAtOrBelow = (key: string, ancestor: string): boolean =>
  key === ancestor || key.startsWith(ancestor + SEPARATOR);

const dropOldest = <Value>(map: Map<string, Value>): Value | undefined => {
  const [oldest] = map.entries();
  if (oldest === undefined) return undefined;
  map.delete(oldest[0]);
  return oldest[1];
};

export const createEventGate = (
  root: ObjectNode,
  send: (node: ObjectNode, report: SwitchReport) => void,
  onDropped: (count: number, why: 'disposed' | 'held-limit') => void,
): EventGate => {
  const held = new Map<string, SwitchReport[]>();
  const disposed = new Map<string, true>();

  const hold = (key: string, report: SwitchReport): void => {
    const waiting = held.get(key) ?? [];
    if (waiting.length === 0) held.set(key, waiting);
    waiting.push(report);
    if (waiting.length > MAX_HELD_EVENTS) {
      waiting.shift();
      onDropped(1, 'held-limit');
    }
    if (held.size > MAX_HELD_OBJECTS) onDropped(dropOldest(held)?.length ?? 0, 'held-limit');
  };

  const pass = (report: SwitchReport): void => {
    const key = keyOf(report.at);
    if ([...disposed.keys()].some((gone) => isAtOrBelow(key, gone))) return onDropped(1, 'disposed');
    const node = findByNatives(root, nativePath(report.at));
    if (node?.initialised === true) send(node, report);
    else hold(key, report);
  };

  const open = (node: ObjectNode): void => {
    const key = keyOf(nativeAddress(node));
    // A slow reading may come back after the object was disposed.
    if (disposed.has(key)) return;
    node.initialised = true;
    const waiting = held.get(key) ?? [];
    held.delete(key);
    for (const report of waiting) send(node, report);
  };

  const close = (node: ObjectNode): void => {
    const key = keyOf(nativeAddress(node));
    for (const [other, waiting] of held) {
      if (!isAtOrBelow(other, key)) continue;
      held.delete(other);
      onDropped(waiting.length, 'disposed');
    }
    disposed.set(key, true);
    if (disposed.size > MAX_DISPOSED_OBJECTS) dropOldest(disposed);
  };

  const expect = (node: ObjectNode): void => void disposed.delete(keyOf(nativeAddress(node)));
  const reset = (): void => {
    held.clear();
    disposed.clear();
  };
  return { pass, open, close, expect, reset };
};
