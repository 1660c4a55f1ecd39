import { err, isId, type ObjectKind, ok, type Result, type Target } from '@cordboard/kernel';
import { levelOf, type NativeAddress, type NativeStep } from './address.ts';
import { MAX_OBJECTS } from './limits.ts';

/** One registered object: its bridge id, its native id and what is registered below it. */
export interface ObjectNode {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly nativeId: string;
  /** False on a channel of a type that the engine does not know (bridge B.4), and below it. */
  readonly supported: boolean;
  readonly parent: ObjectNode | null;
  readonly children: Map<string, ObjectNode>;
  /** Whether its init query was answered, so that its events may go out. */
  initialised: boolean;
  /** False from a new createsession until it is registered or read again: another may take its ids till then. */
  confirmed: boolean;
}

export const rootNode = (id: string, agent: string): ObjectNode => ({
  kind: 'session',
  id,
  nativeId: agent,
  supported: true,
  parent: null,
  children: new Map(),
  initialised: false,
  confirmed: true,
});

const chain = (node: ObjectNode): readonly ObjectNode[] =>
  node.parent === null ? [node] : [...chain(node.parent), node];

export const bridgeTarget = (node: ObjectNode): Target => {
  const [root, ...below] = chain(node);
  const levels = Object.fromEntries(below.map(({ kind, id }) => [kind, id]));
  return { session: root?.id ?? node.id, ...levels };
};

export const nativeAddress = (node: ObjectNode): NativeAddress => ({
  agent: '',
  ...Object.fromEntries(chain(node).map(({ kind, nativeId }) => [levelOf(kind), nativeId])),
});

/** The object that a dotted path names, its first id being the session's. */
export const findByIds = (root: ObjectNode, ids: readonly string[]): ObjectNode | undefined => {
  let node: ObjectNode | undefined = root;
  for (const id of ids) node = node?.children.get(id);
  return node;
};

const childByNative = (node: ObjectNode | undefined, step: NativeStep): ObjectNode | undefined =>
  [...(node?.children.values() ?? [])].find(
    ({ kind, nativeId, confirmed }) => confirmed && kind === step.kind && nativeId === step.nativeId,
  );

export const findByNatives = (root: ObjectNode, path: readonly NativeStep[]): ObjectNode | undefined => {
  let node: ObjectNode | undefined = root;
  for (const step of path) node = childByNative(node, step);
  return node;
};

/** Whether this very object is still part of its session, rather than a successor under the same ids. */
export const isRegistered = (node: ObjectNode): boolean =>
  node.parent === null || (node.parent.children.get(node.id) === node && isRegistered(node.parent));

export const countNodes = (node: ObjectNode): number =>
  [...node.children.values()].reduce((sum, child) => sum + countNodes(child), 1);

/**
 * After a new createsession everything is registered and read again (bridge D.15). The ids stay, but for those
 * that were not registered again since the one before: the bridge has given them up.
 */
export const forgetReadings = (node: ObjectNode): void => {
  node.initialised = false;
  for (const child of node.children.values()) {
    if (!child.confirmed) node.children.delete(child.id);
    child.confirmed = false;
    forgetReadings(child);
  }
};

/** What is to be registered: one object below a parent. */
export interface Newcomer extends NativeStep {
  readonly id: string;
  readonly supported: boolean;
}

/**
 * The child that has this pair of ids, or null when both are free (bridge A.6): either id in another pair is
 * refused, if that pair was registered since the last createsession.
 */
export const presentChild = (
  parent: ObjectNode,
  { id, kind, nativeId }: Newcomer,
): Result<ObjectNode | null, string> => {
  if (!isId(id)) return err('the id is not a legal id');
  const present = parent.children.get(id);
  if (present?.kind === kind && present.nativeId === nativeId) return ok(present);
  if (present?.confirmed === true) return err(`id ${id} belongs to another native id`);
  const other = childByNative(parent, { kind, nativeId });
  return other === undefined ? ok(null) : err('the native id is registered under another id');
};

/** Ties a bridge id to a native id; the same pair again is fine. `known`: objects in the session so far. */
export const registerChild = (
  parent: ObjectNode,
  newcomer: Newcomer,
  known: number,
): Result<ObjectNode, string> => {
  const present = presentChild(parent, newcomer);
  if (!present.ok) return present;
  if (present.value !== null) {
    present.value.confirmed = true;
    return ok(present.value);
  }
  if (known >= MAX_OBJECTS) return err('too many objects in this session');
  const node = { ...newcomer, parent, children: new Map(), initialised: false, confirmed: true };
  parent.children.set(newcomer.id, node);
  return ok(node);
};
