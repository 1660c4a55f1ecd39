import { type SessionState } from '@cordboard/domain';
import { formatTarget, type JsonObject, type Target } from '@cordboard/kernel';

interface Place {
  readonly path: string;
}

/** What the states know of the object at a target: the first that knows it, so that a gone one has its old names. */
const lookUp = (lists: readonly (readonly Place[])[], target: Target): object => {
  const path = formatTarget(target);
  return (
    lists.map((list) => list.find((node) => node.path === path)).find((node) => node !== undefined) ?? {}
  );
};

const typed = (type: unknown): JsonObject => (typeof type === 'string' ? { type, modeltype: type } : {});

/** As far as it is known by a name: the group's own, or what the switch calls the channel. */
const named = (name: unknown): JsonObject => (typeof name === 'string' ? { name } : {});

const groupContext = (target: Target, states: readonly SessionState[], inner: JsonObject): JsonObject => {
  const { session, channelgroup } = target;
  if (channelgroup === undefined) return inner;
  const { name }: { readonly name?: unknown } = lookUp(
    states.map(({ groups }) => groups),
    { session, channelgroup },
  );
  return { channelgroup: { id: channelgroup, ...named(name), ...inner } };
};

const channelContext = (target: Target, states: readonly SessionState[], inner: JsonObject): JsonObject => {
  const { session, channelgroup, channel } = target;
  const above = groupContext(target, states, inner);
  if (channel === undefined) return above;
  const { nativeId, type }: { readonly nativeId?: unknown; readonly type?: unknown } = lookUp(
    states.map(({ channels }) => channels),
    { session, channelgroup, channel },
  );
  return { channel: { id: channel, ...named(nativeId), ...typed(type), ...above } };
};

const interactionContext = (
  target: Target,
  states: readonly SessionState[],
  inner: JsonObject,
): JsonObject => {
  const { conversation: _conversation, ...upper } = target;
  const above = channelContext(target, states, inner);
  if (target.interaction === undefined) return above;
  const { type }: { readonly type?: unknown } = lookUp(
    states.map(({ interactions }) => interactions),
    upper,
  );
  return { interaction: { id: target.interaction, ...typed(type), ...above } };
};

/**
 * The debugging `context` of an object event (agent protocol A6): its object and the parents, nested child to
 * parent. Ids, types and names of groups and channels alone: nothing of the people on the line.
 */
export const contextOf = (target: Target, ...states: readonly SessionState[]): JsonObject => {
  const above = interactionContext(target, states, { session: { id: target.session } });
  return target.conversation === undefined ? above : { conversation: { id: target.conversation, ...above } };
};
