import { type JsonObject } from '@cordboard/kernel';
import { shortId } from '../short-id.ts';

/** What is shown of an object event. */
export interface ShownEvent {
  readonly target: string;
  readonly name: string;
  readonly data: JsonObject;
  readonly at: string;
}

const MAX_DATA_CHARS = 160;

const objectOf = (data: JsonObject, key: string): JsonObject => {
  const value = data[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
};

const string = (data: JsonObject, key: string): string => {
  const value = data[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

const cut = (data: JsonObject): string => {
  const json = JSON.stringify(data);
  if (json === '{}') return '';
  return json.length > MAX_DATA_CHARS ? `${json.slice(0, MAX_DATA_CHARS)}…` : json;
};

const created = (kind: string) => (data: JsonObject) => {
  const about = objectOf(data, kind);
  return join(
    shortId(string(about, 'id')),
    string(about, 'name'),
    string(about, 'type'),
    string(about, 'direction'),
    string(about, 'role'),
  );
};

const member = (data: JsonObject): string =>
  join(string(objectOf(data, 'member'), 'number'), string(objectOf(data, 'member'), 'name'));

const SAID: Readonly<Record<string, (data: JsonObject) => string>> = {
  'state.updated': (data) => {
    const before = string(data, 'previousState');
    return join(string(data, 'objectType'), string(data, 'state'), before === '' ? '' : `(was ${before})`);
  },
  'channel.infochanged': (data) => {
    const status = objectOf(data, 'agentStatus');
    return join(string(data, 'state'), 'agent', string(status, 'status'), string(status, 'lastReasonCode'));
  },
  'channelgroup.created': created('channelgroup'),
  'channel.created': created('channel'),
  'interaction.created': created('interaction'),
  'conversation.created': created('conversation'),
  'conversation.member.added': member,
  'conversation.member.removed': member,
};

/** The object that an event is about, by the end of its id; events about the session as a whole need none. */
const objectOfTarget = (target: string): string => {
  const ids = target.split('.');
  return ids.length === 1 ? '' : shortId(ids.at(-1) ?? '');
};

/** One line: time, object, what the event is called, and the part of its data that an agent would look at. */
export const describeEvent = ({ target, name, data, at }: ShownEvent): string =>
  join(
    `${at.slice(11, 23)}  ${objectOfTarget(target).padEnd(6)}  ${name.padEnd(27)}`,
    (SAID[name] ?? cut)(data),
  ).trimEnd();
