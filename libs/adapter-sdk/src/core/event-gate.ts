import { type JsonObject } from '@cordboard/kernel';
import { nativePath, type NativeAddress } from './address.ts';
import { MAX_DISPOSED_OBJECTS, MAX_HELD_EVENTS, MAX_HELD_OBJECTS } from './limits.ts';
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

/** An object that was disposed. `isGone`: nothing was registered under its native ids since. */
interface Disposed {
  readonly number: number;
  isGone: boolean;
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
  const disposed = new Map<string, Disposed>();
  let disposals = 0;

  const disposedAt = (key: string): readonly Disposed[] =>
    [...disposed].filter(([gone]) => isAtOrBelow(key, gone)).map(([, found]) => found);
  const isDisposed = (key: string): boolean => disposedAt(key).some(({ isGone }) => isGone);
  /** Whether the object that a report meant was registered, and disposed, while the report waited. */
  const wasDisposed = (key: string, after: number): boolean =>
    disposedAt(key).some(({ number, isGone }) => isGone || number > after);

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
    if (node !== undefined || !isDisposed(keyOf(report.at))) return { ...report, node, after: disposals };
    onDropped(1, 'disposed');
    return null;
  };

  const pass = ({ node, after, ...report }: BoundReport): void => {
    const key = keyOf(report.at);
    const isGone = node === undefined ? wasDisposed(key, after) : !isRegistered(node);
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
    disposals += 1;
    disposed.delete(key);
    disposed.set(key, { number: disposals, isGone: true });
    if (disposed.size > MAX_DISPOSED_OBJECTS) dropOldest(disposed);
  };

  const expect = (node: ObjectNode): void => {
    const before = disposed.get(keyOf(nativeAddress(node)));
    if (before !== undefined) before.isGone = false;
  };
  const reset = (): void => {
    held.clear();
    disposed.clear();
  };
  return { bind, pass, open, close, expect, reset };
};
