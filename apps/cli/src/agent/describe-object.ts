import { type SessionModel, type SessionObject } from '@cordboard/client';
import { type Json } from '@cordboard/kernel';
import { shortId } from '../short-id.ts';

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const words = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' ');

const details = (object: SessionObject): string => {
  const { about, agentStatus, members, interactionData, failure } = object;
  const parties = members?.map(({ number, name }) => words(number, name)).join(', ');
  return words(
    text(about['name']),
    text(about['type']),
    text(about['direction']),
    text(about['role']),
    agentStatus === undefined ? undefined : words('agent', agentStatus.status, agentStatus.lastReasonCode),
    parties === undefined || parties === '' ? undefined : `with ${parties}`,
    interactionData === undefined ? undefined : JSON.stringify(interactionData),
    failure === undefined ? undefined : `failed: ${failure}`,
  );
};

const depthOf = ({ path }: SessionObject): number => path.split('.').length - 1;

const can = ({ capabilities }: SessionObject): string => {
  const able = Object.entries(capabilities)
    .filter(([, allowed]) => allowed)
    .map(([command]) => command.split('.').at(-1));
  return able.length === 0 ? '' : `can ${able.join(', ')}`;
};

/** One object on one line, indented below what it belongs to. */
const line = (object: SessionObject): string =>
  `${'  '.repeat(depthOf(object))}${words(object.kind, shortId(object.id), object.state ?? '-', details(object))}`;

/** The whole session, an object a line, each followed by what can be done with it. */
export const describeModel = ({ objects }: SessionModel): string => {
  const rows = Object.values(objects).map((object) =>
    [line(object), can(object)].filter(Boolean).join('  · '),
  );
  return rows.length === 0 ? '  nothing yet' : rows.join('\n');
};
