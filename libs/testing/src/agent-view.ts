import { hasWireForm, type InteractionData, type SessionEvent } from '@cordboard/domain';
import { formatTarget, targetKind } from '@cordboard/kernel';

/** What a desktop knows of one object. */
interface ViewedObject {
  state: string | null;
  initialized: boolean;
  info: unknown;
  data: InteractionData | null;
  focus: string | null;
  members: string[];
}

/** A desktop that believes every event it is shown, and complains about those that cannot be. */
export interface AgentView {
  readonly show: (event: SessionEvent) => void;
  /** All objects by path, in a form that two views can be compared by. */
  readonly objects: () => Readonly<Record<string, unknown>>;
  readonly initialized: () => boolean;
}

type Created = Extract<
  SessionEvent,
  { type: 'ChannelGroupCreated' | 'ChannelCreated' | 'InteractionCreated' | 'ConversationCreated' }
>;

const createdIds = (event: Created): string => {
  switch (event.type) {
    case 'ChannelGroupCreated':
      return event.data.channelgroup.id;
    case 'ChannelCreated':
      return event.data.channel.id;
    case 'InteractionCreated':
      return event.data.interaction.id;
    case 'ConversationCreated':
      return event.data.conversation.id;
  }
};

const isCreated = (event: SessionEvent): event is Created => event.type.endsWith('Created');

const apply = (object: ViewedObject, event: SessionEvent): void => {
  switch (event.type) {
    case 'ChannelGroupStateUpdated':
    case 'ChannelStateUpdated':
    case 'InteractionStateUpdated':
    case 'ConversationStateUpdated':
      if (event.data.previousState !== object.state) {
        throw new Error(
          `${event.type} from ${String(event.data.previousState)}, shown was ${String(object.state)}`,
        );
      }
      object.state = event.data.state;
      return;
    case 'ChannelInfoChanged':
      object.info = event.data;
      return;
    case 'InteractionDataChanged':
      object.data = event.data.interactionData;
      return;
    case 'InteractionFocusChanged':
      object.focus = event.data.conversation?.id ?? null;
      return;
    case 'ConversationMemberAdded':
      object.members.push(event.data.member.number);
      return;
    case 'ConversationMemberRemoved':
      object.members = object.members.filter((number) => number !== event.data.member.number);
      return;
    default:
      return;
  }
};

/** Makes an empty desktop; showing it an event that breaks the order of an object's life throws. */
export const agentView = (): AgentView => {
  const objects = new Map<string, ViewedObject>();
  const gone = new Set<string>();
  const consults = new Set<string>();
  let initialized = false;

  const create = (event: Created): void => {
    const parent = formatTarget(event.target);
    const path = `${parent}.${createdIds(event)}`;
    if (objects.has(path) || gone.has(path)) throw new Error(`${path} was created twice`);
    if (targetKind(event.target) !== 'session' && !objects.has(parent)) {
      throw new Error(`${path} was created before its parent`);
    }
    if (event.type === 'ConversationCreated' && event.data.conversation.role === 'consult')
      consults.add(path);
    objects.set(path, { state: null, initialized: false, info: null, data: null, focus: null, members: [] });
  };

  const dispose = (path: string): void => {
    if ([...objects.keys()].some((other) => other.startsWith(`${path}.`))) {
      throw new Error(`${path} was disposed before its children`);
    }
    objects.delete(path);
    gone.add(path);
  };

  const initialize = (path: string, object: ViewedObject): void => {
    if (object.initialized) throw new Error(`${path} was initialized twice`);
    object.initialized = true;
  };

  const show = (event: SessionEvent): void => {
    if (!hasWireForm(event.type) || event.silent === true) return;
    if (event.type === 'SessionInitialized') {
      if (initialized) throw new Error('the session was initialized twice');
      initialized = true;
      return;
    }
    if (isCreated(event)) return create(event);
    // What is said about the session itself leaves nothing behind.
    if (targetKind(event.target) === 'session') return;
    const path = formatTarget(event.target);
    const object = objects.get(path);
    if (object === undefined) throw new Error(`${event.type} for ${path}, which is not there`);
    if (event.type.endsWith('Disposed')) dispose(path);
    else if (event.type.endsWith('Initialized')) initialize(path, object);
    else apply(object, event);
  };

  /** What an agent cannot see is left out: the status on an inactive channel, a focus that never moved. */
  const seen = (path: string, object: ViewedObject): unknown => {
    const focused = `${path}.${object.focus ?? ''}`;
    const info = object.state === 'INACTIVE' ? null : object.info;
    return {
      ...object,
      info,
      focus: consults.has(focused) && objects.has(focused) ? object.focus : null,
    };
  };

  return {
    show,
    initialized: () => initialized,
    objects: () => Object.fromEntries([...objects].map(([path, object]) => [path, seen(path, object)])),
  };
};
