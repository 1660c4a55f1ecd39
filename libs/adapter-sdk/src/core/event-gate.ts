import { type JsonObject } from '@cordboard/kernel';
import { nativePath, type NativeAddress } from './address.ts';
import { createDisposedObjects, isAtOrBelow, keyOfSteps } from './disposed-objects.ts';
import { MAX_HELD_EVENTS, MAX_HELD_OBJECTS } from './limits.ts';
import { findByNatives, isRegistered, nativeAddress, type ObjectNode } from './object-node.ts';

/** Something the switch did, in its own ids. */
export interface SwitchReport {
  readonly at: NativeAddress;
  readonly name: string;
  readonly body: JsonObject;
}

/** A report tied to the object that had its native ids when it came; undefined: none had them yet. */
export interface BoundReport extends SwitchReport {
  readonly node: ObjectNode | undefined;
  /** How many objects had been disposed by then. */
  readonly after: number;
}

/** Lets an object's events out only after its init query was answered (bridge A7-1), in the order they came. */
export interface EventGate {
  /** Ties a report, as it comes, to its object; null when that is disposed and the report dropped. */
  readonly bind: (report: SwitchReport) => BoundReport | null;
  /** Dropped when its object is gone meanwhile: whatever has the native ids now is another one. */
  readonly pass: (bound: BoundReport) => void;
  /** The init query of this object was answered: what was held goes out. */
  readonly open: (node: ObjectNode) => void;
  /** This object was disposed: what is held or comes late for it and below is dropped. */
  readonly close: (node: ObjectNode) => void;
  /** This object is registered (again): its events are wanted. */
  readonly expect: (node: ObjectNode) => void;
  readonly reset: () => void;
}

const keyOf = (at: NativeAddress): string =>
  keyOfSteps(nativePath(at).map(({ kind, nativeId }) => `${kind}:${nativeId}`));

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
  const disposed = createDisposedObjects();

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

  const bind = (report: SwitchReport): BoundReport | null => {
    const node = findByNatives(root, nativePath(report.at));
    if (node !== undefined || !disposed.isGone(keyOf(report.at)))
      return { ...report, node, after: disposed.count() };
    onDropped(1, 'disposed');
    return null;
  };

  const pass = ({ node, after, ...report }: BoundReport): void => {
    const key = keyOf(report.at);
    const isGone = node === undefined ? disposed.wasGone(key, after) : !isRegistered(node);
    if (isGone) return onDropped(1, 'disposed');
    const present = node ?? findByNatives(root, nativePath(report.at));
    if (present?.initialised === true) send(present, report);
    else hold(key, report);
  };

  const open = (node: ObjectNode): void => {
    // A slow reading may come back after the object was disposed.
    if (!isRegistered(node)) return;
    const key = keyOf(nativeAddress(node));
    node.initialised = true;
    node.confirmed = true;
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
    disposed.add(key);
  };

  const expect = (node: ObjectNode): void => disposed.registered(keyOf(nativeAddress(node)));
  const reset = (): void => {
    held.clear();
    disposed.reset();
  };
  return { bind, pass, open, close, expect, reset };
};
