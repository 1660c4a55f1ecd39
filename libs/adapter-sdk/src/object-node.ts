import { err, isId, type ObjectKind, ok, type Result, type Target } from '@cordboard/kernel';
import { levelOf, type NativeAddress } from './address.ts';
import { MAX_OBJECTS } from './limits.ts';

/** One registered object: its bridge id, its native id and what is registered below it. */
export interface ObjectNode {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly nativeId: string;
  readonly parent: ObjectNode | null;
  readonly children: Map<string, ObjectNode>;
  /** Whether its init query was answered, so that its events may go out. */
  initialised: boolean;
}

export const rootNode = (id: string, agent: string): ObjectNode => ({
  kind: 'session',
  id,
  nativeId: agent,
  parent: null,
  children: new Map(),
  initialised: false,
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

const childByNative = (node: ObjectNode | undefined, nativeId: string): ObjectNode | undefined =>
  node === undefined ? undefined : [...node.children.values()].find((child) => child.nativeId === nativeId);

export const findByNatives = (root: ObjectNode, natives: readonly string[]): ObjectNode | undefined => {
  let node: ObjectNode | undefined = root;
  for (const nativeId of natives) node = childByNative(node, nativeId);
  return node;
};

export const countNodes = (node: ObjectNode): number =>
  [...node.children.values()].reduce((sum, child) => sum + countNodes(child), 1);

/** After a new createsession everything is read again (bridge D.15); the ids stay. */
export const forgetReadings = (node: ObjectNode): void => {
  node.initialised = false;
  for (const child of node.children.values()) forgetReadings(child);
};

/**
 * Ties a bridge id to a native id (bridge A.6): the same pair again is fine, either id in another pair is refused.
 */
export const registerChild = (
  parent: ObjectNode,
  kind: ObjectKind,
  ids: { readonly id: string; readonly nativeId: string },
  known: number,
): Result<ObjectNode, string> => {
  const { id, nativeId } = ids;
  if (!isId(id)) return err('the id is not a legal id');
  const present = parent.children.get(id);
  if (present !== undefined) {
    return present.nativeId === nativeId ? ok(present) : err(`id ${id} belongs to another native id`);
  }
  if (childByNative(parent, nativeId) !== undefined)
    return err('the native id is registered under another id');
  if (known >= MAX_OBJECTS) return err('too many objects in this session');
  const node: ObjectNode = { kind, id, nativeId, parent, children: new Map(), initialised: false };
  parent.children.set(id, node);
  return ok(node);
};
