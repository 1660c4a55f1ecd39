import { type EventName } from '@cordboard/agent-protocol';
import { type ModelEvent, type SessionModel, type SessionObject, type SessionObjectKind } from './model.ts';
import { OBJECT_CHANGES } from './object-changes.ts';
import { objectOf, textOf } from './read.ts';
import { SESSION_CHANGES } from './session-changes.ts';

type Objects = SessionModel['objects'];

const CREATED: Readonly<Partial<Record<EventName, SessionObjectKind>>> = {
  'channelgroup.created': 'channelgroup',
  'channel.created': 'channel',
  'interaction.created': 'interaction',
  'conversation.created': 'conversation',
};

const DISPOSED: readonly string[] = [
  'channelgroup.disposed',
  'channel.disposed',
  'interaction.disposed',
  'conversation.disposed',
] satisfies readonly EventName[];

const known = <T>(table: Readonly<Partial<Record<string, T>>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

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

const withoutBranch = (objects: Objects, path: string): Objects =>
  Object.fromEntries(
    Object.entries(objects).filter(([other]) => other !== path && !other.startsWith(`${path}.`)),
  );

const put = (model: SessionModel, object: SessionObject): SessionModel => ({
  ...model,
  objects: { ...model.objects, [object.path]: object },
});

/**
 * Folds one object event into the model. Total: an event of an unknown name or about an unknown object
 * changes nothing, and a key that is missing reads as empty, so that neither a newer nor an older server breaks
 * the client. `name` is the newest spelling.
 */
export const reduceSession = (model: SessionModel, event: ModelEvent): SessionModel => {
  const { target, name, data } = event;
  const ofSession = known(SESSION_CHANGES, name);
  if (ofSession !== undefined) return { ...model, ...ofSession(data) };
  const kind = known(CREATED, name);
  if (kind !== undefined) {
    const object = created(kind, event);
    return object.id === '' ? model : put(model, object);
  }
  const object = known(model.objects, target);
  if (object === undefined) return model;
  if (DISPOSED.includes(name)) return { ...model, objects: withoutBranch(model.objects, target) };
  const change = known(OBJECT_CHANGES, name);
  return change === undefined ? model : put(model, change(object, data));
};
