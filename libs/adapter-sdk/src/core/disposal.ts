import { type JsonObject, type ObjectKind } from '@cordboard/kernel';
import { type CoreSession } from './core-session.ts';
import { type ObjectNode } from './object-node.ts';
import { listedKey } from './registration.ts';

interface Disposal {
  /** Kinds that may be addressed. */
  readonly kinds: readonly ObjectKind[];
  /** What it ends below the object addressed, by the id in the body; without it, the object addressed itself. */
  readonly child?: ObjectKind | undefined;
}

/** Requests that end an object (bridge D.9, A.5 for stand-alone channels). */
export const disposals: Readonly<Record<string, Disposal>> = {
  'session.request.dispose': { kinds: ['session'] },
  'channelgroup.request.dispose': { kinds: ['channelgroup'] },
  'channel.request.dispose': { kinds: ['channel'] },
  'interaction.request.dispose': { kinds: ['interaction'] },
  'conversation.request.dispose': { kinds: ['conversation'] },
  'session.request.removechannelgroup': { kinds: ['session'], child: 'channelgroup' },
  'channelgroup.request.removechannel': { kinds: ['channelgroup', 'session'], child: 'channel' },
};

/** The object that a dispose or remove request ends; undefined when it is gone already. */
export const disposedNode = (
  { child }: Disposal,
  addressed: ObjectNode | undefined,
  { id }: JsonObject,
): ObjectNode | undefined => {
  if (child === undefined) return addressed;
  const named = typeof id === 'string' ? addressed?.children.get(id) : undefined;
  return named?.kind === child ? named : undefined;
};

/** Takes an object and all below it out of the session. */
export const release = (session: CoreSession, node: ObjectNode): void => {
  session.gate.close(node);
  node.parent?.children.delete(node.id);
  if (node.parent === session.root) session.listed.delete(listedKey(node.kind, node.nativeId));
};
