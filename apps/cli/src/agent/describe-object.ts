import { type SessionModel, type SessionObject } from '@cordboard/client';
import { shortId } from '../short-id.ts';
import { textOf, timeOf, words } from './plain.ts';

const status = ({ agentStatus, pending, afterCallWorkEndsAt }: SessionObject): string =>
  words(
    agentStatus === undefined ? '' : words('agent', agentStatus.status, agentStatus.lastReasonCode),
    pending === undefined ? '' : words('then', pending.status, pending.reasonCode),
    afterCallWorkEndsAt === undefined ? '' : `until ${timeOf(afterCallWorkEndsAt)}`,
  );

const parties = ({ members = [] }: SessionObject): string =>
  members.length === 0 ? '' : `with ${members.map(({ number, name }) => words(number, name)).join(', ')}`;

const details = (object: SessionObject, inFocus: boolean): string => {
  const { about, interactionData, failure } = object;
  return words(
    textOf(about['name']),
    textOf(about['type']),
    textOf(about['direction']),
    textOf(about['role']),
    inFocus ? 'in focus' : '',
    status(object),
    parties(object),
    interactionData === undefined ? '' : JSON.stringify(interactionData),
    failure === undefined ? '' : `failed: ${failure}`,
  );
};

const depthOf = ({ path }: SessionObject): number => path.split('.').length - 1;

const can = ({ capabilities }: SessionObject): string => {
  const able = Object.entries(capabilities)
    .filter(([, allowed]) => allowed)
    .map(([command]) => command.split('.').at(-1));
  return able.length === 0 ? '' : `can ${able.join(', ')}`;
};

const legLine = ({ agentLeg }: SessionModel): readonly string[] =>
  agentLeg === undefined ? [] : [`  voice leg ${words(agentLeg.state, agentLeg.error)}`];

/** Every object behind what it belongs to, however late it was created. */
const asTree = ({ objects }: SessionModel): readonly SessionObject[] => {
  const all = Object.values(objects);
  const below = (object: SessionObject): readonly SessionObject[] => [
    object,
    ...all.filter(({ parent }) => parent === object.path).flatMap(below),
  ];
  return all.filter(({ parent }) => objects[parent] === undefined).flatMap(below);
};

/** The whole session, an object a line, each followed by what can be done with it. */
export const describeModel = (model: SessionModel): string => {
  const { objects } = model;
  const line = (object: SessionObject): string => {
    const inFocus = objects[object.parent]?.focus === object.id;
    const what = words(object.kind, shortId(object.id), object.state ?? '-', details(object, inFocus));
    return `${'  '.repeat(depthOf(object))}${what}`;
  };
  const rows = asTree(model).map((object) =>
    [line(object), can(object)].filter((part) => part !== '').join('  · '),
  );
  const all = [...legLine(model), ...rows];
  return all.length === 0 ? '  nothing yet' : all.join('\n');
};
