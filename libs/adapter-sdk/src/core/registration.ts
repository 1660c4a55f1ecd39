import { CHANNEL_TYPES } from '@cordboard/cti-protocol';
import { err, type JsonObject, type ObjectKind, ok, type Result } from '@cordboard/kernel';
import { type ChannelAddress, type GroupAddress } from './address.ts';
import { type CoreSession } from './core-session.ts';
import { type AdapterHandlers, type Answer } from './handlers.ts';
import { MAX_NATIVE_ID } from './limits.ts';
import { countNodes, type Newcomer, type ObjectNode, registerChild } from './object-node.ts';
import { bare, text } from './route.ts';
import { sessionOptions } from './session-routes.ts';

interface Registration {
  /** Kinds that may be addressed: the parent of what is registered. */
  readonly parents: readonly ObjectKind[];
  readonly child: ObjectKind;
}

/** Requests that tie a bridge id to a native id, sent to the parent (bridge D.1, A.5 for stand-alone channels). */
export const registrations: Readonly<Record<string, Registration>> = {
  'session.request.addchannelgroup': { parents: ['session'], child: 'channelgroup' },
  'channelgroup.request.addchannel': { parents: ['channelgroup', 'session'], child: 'channel' },
  'channel.request.createinteraction': { parents: ['channel'], child: 'interaction' },
  'interaction.request.createconversation': { parents: ['interaction'], child: 'conversation' },
};

const SUPPORTED: readonly string[] = CHANNEL_TYPES;

/** What a registration is about; the error says what is wrong with its body. */
export const readNewcomer = (
  parent: ObjectNode,
  child: ObjectKind,
  body: JsonObject,
): Result<Newcomer, string> => {
  const { id, nativeid: nativeId } = body;
  if (typeof id !== 'string') return err('id is missing');
  if (typeof nativeId !== 'string' || nativeId === '' || nativeId.length > MAX_NATIVE_ID) {
    return err(`nativeid must be text of 1 to ${MAX_NATIVE_ID} characters`);
  }
  const supported =
    child === 'channel' ? SUPPORTED.includes(text(body, 'type').toUpperCase()) : parent.supported;
  return ok({ kind: child, id, nativeId, supported });
};

/** The name by which a session remembers what its reading listed. */
export const listedKey = (kind: ObjectKind, nativeId: string): string => `${kind} ${nativeId}`;

/**
 * Whom to ask before a group or stand-alone channel is registered that the session's reading did not list, as
 * its agent wants it; null when nobody needs to be asked.
 */
export const consent = (
  { root, listed }: CoreSession,
  handlers: AdapterHandlers,
  { kind, nativeId }: Newcomer,
  body: JsonObject,
): (() => Answer<JsonObject> | undefined) | null => {
  if (listed.has(listedKey(kind, nativeId))) return null;
  const agent = root.nativeId;
  if (kind === 'channelgroup') {
    const at: GroupAddress = { agent, group: nativeId };
    return () => bare(handlers.addGroup?.(at, sessionOptions(body)));
  }
  const at: ChannelAddress = { agent, channel: nativeId };
  return () => bare(handlers.addChannel?.(at, text(body, 'type')));
};

/** Registers a newcomer; its events are wanted from now on. */
export const register = (
  session: CoreSession,
  parent: ObjectNode,
  newcomer: Newcomer,
): Result<JsonObject, string> => {
  const registered = registerChild(parent, newcomer, countNodes(session.root));
  if (!registered.ok) return registered;
  session.gate.expect(registered.value);
  return ok({});
};
