import { type Target } from '@cordboard/kernel';

/** Where an object stands in the tree; `path` is the dotted form of `target`, `parent` that of the object above. */
export interface Placed {
  readonly path: string;
  readonly parent: string;
  readonly target: Target;
  /** The id by which the switch knows the object. */
  readonly nativeId: string;
}

/**
 * An object on its way in, which nobody has been told of. `READ` lasts for the moment between the answer to
 * the reading and the event that announces the object; a `DROPPING` one is never announced.
 */
export type Awaiting<Reading> = Placed &
  (
    | { readonly stage: 'REGISTERING' | 'READING' | 'DROPPING' }
    | { readonly stage: 'READ'; readonly reading: Reading }
  );

/** `OPEN`: announced, its children on their way in. `LIVE`: all of it announced. `DISPOSING`: on its way out. */
export type KnownStage = 'OPEN' | 'LIVE' | 'DISPOSING';

/** An object that the agent has been told of. */
export interface Known extends Placed {
  readonly stage: KnownStage;
}

type Stage = Awaiting<unknown>['stage'] | KnownStage;
export type Staged = Placed & { readonly stage: Stage };

export const isKnown = <Node extends Staged>(node: Node): node is Extract<Node, { stage: KnownStage }> =>
  node.stage === 'OPEN' || node.stage === 'LIVE' || node.stage === 'DISPOSING';

/** Set-up of the object has begun and has not ended. */
export const isOnItsWayIn = (node: Staged): boolean =>
  node.stage === 'REGISTERING' || node.stage === 'READING' || node.stage === 'READ' || node.stage === 'OPEN';

/** Everything about the object was announced, so that what happens to it takes effect at once. */
export const isSettled = (node: Staged): boolean => node.stage === 'LIVE' || node.stage === 'DISPOSING';

export const findAt = <Node extends Placed>(nodes: readonly Node[], path: string): Node | undefined =>
  nodes.find((node) => node.path === path);

export const childrenOf = <Node extends Placed>(nodes: readonly Node[], parent: string): readonly Node[] =>
  nodes.filter((node) => node.parent === parent);

export const replaceAt = <Node extends Placed>(
  nodes: readonly Node[],
  path: string,
  change: (node: Node) => Node,
): readonly Node[] => nodes.map((node) => (node.path === path ? change(node) : node));

/** Whether `path` is `root` or lies below it. */
export const isWithin = (path: string, root: string): boolean => path === root || path.startsWith(`${root}.`);

export const withoutTree = <Node extends Placed>(nodes: readonly Node[], root: string): readonly Node[] =>
  nodes.filter((node) => !isWithin(node.path, root));
