import { type JsonObject } from '@cordboard/kernel';
import { shortId } from '../short-id.ts';
import { labelled } from './describe-lists.ts';
import { objectOf, objectsOf, textOf, timeOf, words } from './plain.ts';

/** What is shown of an object event. */
export interface ShownEvent {
  readonly target: string;
  readonly name: string;
  readonly data: JsonObject;
  readonly at: string;
}

const MAX_DATA_CHARS = 160;

const shortened = (text: string): string =>
  text.length > MAX_DATA_CHARS ? `${text.slice(0, MAX_DATA_CHARS)}…` : text;

const asJson = (data: JsonObject): string => (Object.keys(data).length === 0 ? '' : JSON.stringify(data));

const created = (kind: string) => (data: JsonObject) => {
  const { id, name, type, direction, role } = objectOf(data[kind]);
  return words(shortId(textOf(id)), textOf(name), textOf(type), textOf(direction), textOf(role));
};

const member = ({ member: party }: JsonObject): string => {
  const { number, name } = objectOf(party);
  return words(textOf(number), textOf(name));
};

const stated = ({ objectType, state, previousState }: JsonObject): string => {
  const before = textOf(previousState);
  return words(textOf(objectType), textOf(state), before === '' ? '' : `(was ${before})`);
};

/** `status`, its reason, what comes after the present work, and until when after-call work lasts. */
const informed = ({ state, agentStatus, pending, afterCallWorkEndsAt }: JsonObject): string => {
  const { status, lastReasonCode, lastReasonName } = objectOf(agentStatus);
  const next = objectOf(pending);
  return words(
    textOf(state),
    'agent',
    textOf(status),
    textOf(lastReasonCode),
    textOf(lastReasonName),
    pending === undefined
      ? ''
      : `then ${words(textOf(next['status']), textOf(next['reasonCode']), textOf(next['reasonName']))}`,
    typeof afterCallWorkEndsAt === 'number' ? `until ${timeOf(afterCallWorkEndsAt)}` : '',
  );
};

const focus = ({ conversation }: JsonObject): string =>
  conversation === null ? 'nothing' : shortId(textOf(objectOf(conversation)['id']));

const notReadyReasons = ({ reasonCodes }: JsonObject): string =>
  objectsOf(reasonCodes)
    .map(({ reasonCodeCode, selectable, labels }) =>
      words(labelled(reasonCodeCode, labels), selectable === false ? '(not to choose)' : ''),
    )
    .join(', ');

const logoutReasons = (data: JsonObject): string =>
  objectsOf(data['logoutReasons'])
    .map(({ logoutReasonCode, labels }) => labelled(logoutReasonCode, labels))
    .join(', ');

const dispositions = (data: JsonObject): string =>
  objectsOf(data['dispositions'])
    .map(({ dispositionCode, labels }) => labelled(dispositionCode, labels))
    .join(', ');

const books = ({ addressbooks }: JsonObject): string => {
  const names = objectsOf(addressbooks).map(({ name }) => textOf(name));
  return `${names.join(', ')} changed; addressbook shows all`;
};

const why = (key: 'reason' | 'error') => (data: JsonObject) => textOf(data[key]);

const SAID: Readonly<Record<string, (data: JsonObject) => string>> = {
  'state.updated': stated,
  'channel.infochanged': informed,
  'channelgroup.created': created('channelgroup'),
  'channel.created': created('channel'),
  'interaction.created': created('interaction'),
  'interaction.focuschanged': focus,
  'conversation.created': created('conversation'),
  'conversation.member.added': member,
  'conversation.member.removed': member,
  'conversation.failed': why('reason'),
  'conversation.transfer.failed': why('reason'),
  'conversation.conference.failed': why('reason'),
  'channel.externaldispositions.updated': dispositions,
  'session.externalnotreadyreasons.updated': notReadyReasons,
  'session.externallogoutreasons.updated': logoutReasons,
  'session.incontact.agentleg.failed': why('error'),
  'session.incontact.addressbook.updated': books,
};

/** Lists are what the agent asked for, and shown whole. */
const LISTS: readonly string[] = [
  'channel.externaldispositions.updated',
  'session.externalnotreadyreasons.updated',
  'session.externallogoutreasons.updated',
];

/** The object that an event is about, by the end of its id; events about the session as a whole need none. */
const objectOfTarget = (target: string): string => {
  const ids = target.split('.');
  return ids.length === 1 ? '' : shortId(ids.at(-1) ?? '');
};

/** One line: time, object, what the event is called, and the part of its data that an agent would look at. */
export const describeEvent = ({ target, name, data, at }: ShownEvent): string => {
  const said = (SAID[name] ?? asJson)(data);
  return words(
    `${at.slice(11, 23)}  ${objectOfTarget(target).padEnd(6)}  ${name.padEnd(27)}`,
    LISTS.includes(name) ? said : shortened(said),
  ).trimEnd();
};
