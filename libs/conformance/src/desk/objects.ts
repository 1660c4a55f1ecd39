import { type JsonObject } from '@cordboard/kernel';
import { type Frame, isEvent, objectOf, textOf } from '../wire/frame.ts';

/** What the events told of one object; `path` is its dotted target. */
export interface Thing {
  readonly path: string;
  readonly parent: string;
  readonly kind: string;
  /** What `*.created` told. */
  readonly about: JsonObject;
  state: string;
  capabilities: JsonObject;
  status: JsonObject;
  data: JsonObject;
  members: string[];
}

/** The objects that are there, by path, in the order of their creation. */
export type Things = Map<string, Thing>;

const created = (kind: string, frame: Frame): Thing => {
  const about = objectOf(objectOf(frame.data)[kind]);
  const parent = textOf(frame.target);
  const path = `${parent}.${textOf(about['id'])}`;
  return { path, parent, kind, about, state: '', capabilities: {}, status: {}, data: {}, members: [] };
};

const change = (thing: Thing, name: string, data: JsonObject): void => {
  switch (name) {
    case 'state.updated':
      thing.state = textOf(data['state']);
      thing.capabilities = objectOf(data['capabilities']);
      return;
    case 'channel.infochanged':
      thing.status = objectOf(data['agentStatus']);
      return;
    case 'interaction.datachanged':
      thing.data = objectOf(data['interactionData']);
      return;
    case 'conversation.member.added':
      thing.members.push(textOf(objectOf(data['member'])['number']));
      return;
    case 'conversation.member.removed':
      thing.members = thing.members.filter((number) => number !== objectOf(data['member'])['number']);
  }
};

const dispose = (things: Things, path: string): void => {
  for (const known of [...things.keys()]) {
    if (known === path || known.startsWith(`${path}.`)) things.delete(known);
  }
};

/** Lets one frame change what is known. */
export const learn = (things: Things, frame: Frame): void => {
  if (!isEvent(frame)) return;
  const name = textOf(frame.name);
  const [kind, verb] = name.split('.') as [string, string?];
  if (verb === 'created') {
    const thing = created(kind, frame);
    things.set(thing.path, thing);
    return;
  }
  const path = textOf(frame.target);
  const thing = things.get(path);
  if (thing === undefined) return;
  if (verb === 'disposed') dispose(things, path);
  else change(thing, name, objectOf(frame.data));
};
