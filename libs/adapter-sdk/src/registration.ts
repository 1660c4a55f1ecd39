import { err, type JsonObject, type ObjectKind, ok, type Result } from '@cordboard/kernel';
import { type AdapterSession } from './adapter-session.ts';
import { countNodes, type ObjectNode, registerChild } from './object-node.ts';

type Outcome = Result<JsonObject, string>;

interface Registration {
  /** Kind of the object addressed: the parent of what is registered. */
  readonly kind: ObjectKind;
  readonly child: ObjectKind;
}

/** Requests that tie a bridge id to a native id, sent to the parent (bridge D.1). */
export const registrations: Readonly<Record<string, Registration>> = {
  'session.request.addchannelgroup': { kind: 'session', child: 'channelgroup' },
  'channelgroup.request.addchannel': { kind: 'channelgroup', child: 'channel' },
  'channel.request.createinteraction': { kind: 'channel', child: 'interaction' },
  'interaction.request.createconversation': { kind: 'interaction', child: 'conversation' },
};

interface Disposal {
  /** Kind of the object addressed. */
  readonly kind: ObjectKind;
  /** Whether it ends the child named in the body rather than the object addressed. */
  readonly removes: boolean;
}

const disposal = (kind: ObjectKind): Disposal => ({ kind, removes: false });
const removal = (kind: ObjectKind): Disposal => ({ kind, removes: true });

/** Requests that end an object (bridge D.9). */
export const disposals: Readonly<Record<string, Disposal>> = {
  'session.request.dispose': disposal('session'),
  'channelgroup.request.dispose': disposal('channelgroup'),
  'channel.request.dispose': disposal('channel'),
  'interaction.request.dispose': disposal('interaction'),
  'conversation.request.dispose': disposal('conversation'),
  'session.request.removechannelgroup': removal('session'),
  'channelgroup.request.removechannel': removal('channelgroup'),
};

/** Registers what the body names below the object addressed. */
export const register = (
  session: AdapterSession,
  parent: ObjectNode,
  child: ObjectKind,
  body: JsonObject,
): Outcome => {
  const { id, nativeid: nativeId } = body;
  if (typeof id !== 'string') return err('id is missing');
  if (typeof nativeId !== 'string' || nativeId === '' || nativeId.length > 256)
    return err('nativeid is missing');
  const known = countNodes(session.root);
  const registered = registerChild(parent, child, { id, nativeId }, known);
  if (!registered.ok) return registered;
  session.gate.expect(registered.value);
  return ok({});
};

/** The object that a dispose or remove request ends; undefined when it is gone already. */
export const disposedNode = (
  { removes }: Disposal,
  addressed: ObjectNode | undefined,
  body: JsonObject,
): ObjectNode | undefined => {
  if (!removes) return addressed;
  return typeof body.id === 'string' ? addressed?.children.get(body.id) : undefined;
};

/** Takes an object and all below it out of the session. */
export const release = (session: AdapterSession, node: ObjectNode): void => {
  session.gate.close(node);
  node.parent?.children.delete(node.id);
};
