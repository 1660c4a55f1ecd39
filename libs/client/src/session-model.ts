import { type Json, type JsonObject } from '@cordboard/kernel';

/** The kinds of object that a session holds. */
export type SessionObjectKind = 'channelgroup' | 'channel' | 'interaction' | 'conversation';

/** What any object event tells, with or without its cursor (a snapshot's events have none). */
export interface ModelEvent {
  readonly target: string;
  readonly name: string;
  readonly data: JsonObject;
}

/** Agent availability on a channel, as `channel.infochanged` gives it. */
export interface AgentStatusInfo {
  readonly status: string;
  readonly lastReasonCode: string;
  readonly lastReasonName: string;
}

/** A party of a conversation. */
export interface ConversationMember {
  readonly number: string;
  readonly name?: string | undefined;
}

/**
 * One object as the events so far describe it. `path` is its dotted target, `state` null before its first
 * `state.updated`; what does not belong to its kind stays absent.
 */
export interface SessionObject {
  readonly path: string;
  readonly parent: string;
  readonly id: string;
  readonly kind: SessionObjectKind;
  readonly state: string | null;
  readonly initialized: boolean;
  /** Command name to whether it is accepted now. */
  readonly capabilities: Readonly<Record<string, boolean>>;
  /** Names, types, direction, role: what `*.created` told, without the id. */
  readonly about: JsonObject;
  readonly agentStatus?: AgentStatusInfo | undefined;
  readonly interactionData?: JsonObject | undefined;
  /** Id of the conversation in focus of an interaction; null when none is. */
  readonly focus?: string | null | undefined;
  readonly members?: readonly ConversationMember[] | undefined;
  /** Why a call did not come about: `busy`, or the reason of the failure. */
  readonly failure?: string | undefined;
}

/** A session as its object events describe it: plain data, the same for the same events. */
export interface SessionModel {
  readonly initialized: boolean;
  /** By dotted target, in the order of creation. */
  readonly objects: Readonly<Record<string, SessionObject>>;
}

export const emptySessionModel: SessionModel = { initialized: false, objects: {} };

const CREATED: Readonly<Record<string, SessionObjectKind>> = {
  'channelgroup.created': 'channelgroup',
  'channel.created': 'channel',
  'interaction.created': 'interaction',
  'conversation.created': 'conversation',
};

const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

type Change = (object: SessionObject, data: JsonObject) => SessionObject;

const withData: Change = (object, data) =>
  data['interactionData'] === undefined
    ? object
    : { ...object, interactionData: objectOf(data['interactionData']) };

const memberOf = (data: JsonObject): ConversationMember => {
  const { number, name } = objectOf(data['member']);
  return { number: textOf(number), ...(typeof name === 'string' ? { name } : {}) };
};

const without = (object: SessionObject, number: string): readonly ConversationMember[] =>
  (object.members ?? []).filter((member) => member.number !== number);

const CHANGES: Readonly<Record<string, Change>> = {
  'state.updated': (object, { state, capabilities }) => ({
    ...object,
    state: typeof state === 'string' ? state : object.state,
    capabilities:
      capabilities === undefined ? object.capabilities : (objectOf(capabilities) as Record<string, boolean>),
  }),
  'channel.infochanged': (object, { agentStatus }) => {
    const { status, lastReasonCode, lastReasonName } = objectOf(agentStatus);
    return {
      ...object,
      agentStatus: {
        status: textOf(status),
        lastReasonCode: textOf(lastReasonCode),
        lastReasonName: textOf(lastReasonName),
      },
    };
  },
  'interaction.datachanged': withData,
  'interaction.preview': withData,
  'interaction.screenpop': withData,
  'interaction.focuschanged': (object, { conversation }) => ({
    ...object,
    focus: conversation === null ? null : textOf(objectOf(conversation)['id']),
  }),
  'conversation.member.added': (object, data) => {
    const member = memberOf(data);
    return { ...object, members: [...without(object, member.number), member] };
  },
  'conversation.member.removed': (object, data) => ({
    ...object,
    members: without(object, memberOf(data).number),
  }),
  'conversation.busy': (object) => ({ ...object, failure: 'busy' }),
  'conversation.failed': (object, { reason }) => ({ ...object, failure: textOf(reason) }),
};

const created = (kind: SessionObjectKind, { target, data }: ModelEvent): SessionObject => {
  const { id, ...about } = objectOf(data[kind]);
  return {
    path: `${target}.${textOf(id)}`,
    parent: target,
    id: textOf(id),
    kind,
    state: null,
    initialized: false,
    capabilities: {},
    about,
  };
};

const disposed = (objects: SessionModel['objects'], path: string): SessionModel['objects'] =>
  Object.fromEntries(
    Object.entries(objects).filter(([known]) => known !== path && !known.startsWith(`${path}.`)),
  );

/**
 * Folds one object event into the model. Total: an event of an unknown name or about an unknown object
 * changes nothing, so that a newer server does not break an older client. `name` is the newest spelling.
 */
export const reduceSession = (model: SessionModel, event: ModelEvent): SessionModel => {
  const { target, name, data } = event;
  if (name === 'session.initialized') return { ...model, initialized: true };
  const kind = CREATED[name];
  if (kind !== undefined) {
    const object = created(kind, event);
    return object.id === '' ? model : { ...model, objects: { ...model.objects, [object.path]: object } };
  }
  const object = model.objects[target];
  if (object === undefined) return model;
  if (name.endsWith('.disposed')) return { ...model, objects: disposed(model.objects, target) };
  if (name.endsWith('.initialized')) {
    return { ...model, objects: { ...model.objects, [target]: { ...object, initialized: true } } };
  }
  const change = CHANGES[name];
  return change === undefined
    ? model
    : { ...model, objects: { ...model.objects, [target]: change(object, data) } };
};
