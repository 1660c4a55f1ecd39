import { commandRow } from '@cordboard/agent-protocol';
import { type SessionModel, type SessionObject } from '@cordboard/client';
import { err, ok, type Result } from '@cordboard/kernel';
import { shortId } from '../short-id.ts';
import { type Wish } from './words/word.ts';

const wordsAbout = ({ about }: SessionObject): readonly string[] =>
  [about['name'], about['type'], about['role']].filter((word) => typeof word === 'string');

/** Whether an agent means this object by a word: its id or the end of it, its name, type or role. */
export const isNamed = (object: SessionObject, word: string): boolean =>
  [object.id, shortId(object.id), ...wordsAbout(object)].some(
    (name) => name.toLowerCase() === word.toLowerCase(),
  );

const stateOf = ({ kind, id, state }: SessionObject): string =>
  `${kind} ${shortId(id)} is ${state ?? 'not ready yet'}`;

const whyNone = (ofKind: readonly SessionObject[], kind: string, { otherwise }: Wish): string => {
  const why =
    ofKind.length === 0 ? `There is no ${kind} now` : `Not possible now: ${ofKind.map(stateOf).join('; ')}`;
  return otherwise === undefined ? `${why}.` : `${why}; ${otherwise}.`;
};

const isTalking = ({ state }: SessionObject): boolean => state === 'TALKING' || state === 'MUTE';

/** Not a leg that the agent turned away from. */
const isInFocus = ({ objects }: SessionModel, { kind, id, parent }: SessionObject): boolean =>
  kind !== 'conversation' || (objects[parent]?.focus ?? id) === id;

/** A call that is talked in, or the interaction with it. */
const isLive = ({ objects }: SessionModel, object: SessionObject): boolean =>
  isTalking(object) || Object.values(objects).some((one) => one.parent === object.path && isTalking(one));

/** Those that a test holds for; all when it holds for none. */
const narrowed = (
  objects: readonly SessionObject[],
  test: (object: SessionObject) => boolean,
): readonly SessionObject[] => {
  const kept = objects.filter(test);
  return kept.length === 0 ? objects : kept;
};

const nameOf = (object: SessionObject): string => {
  const about = wordsAbout(object).join(' ');
  return about === '' ? `@${shortId(object.id)}` : `@${shortId(object.id)} (${about})`;
};

/**
 * The object that a command means: of those whose capabilities allow it the one in the state that the wish
 * prefers, then the one in focus, then the one that is talked in; or the one that `wanted` names. The error is a
 * sentence for the agent.
 */
export const chooseObject = (
  model: SessionModel,
  wish: Wish,
  wanted?: string,
): Result<SessionObject, string> => {
  const { kind } = commandRow(wish.command);
  const ofKind = Object.values(model.objects).filter(
    (object) => object.kind === kind && (wish.type === undefined || object.about['type'] === wish.type),
  );
  const named = wanted === undefined ? ofKind : ofKind.filter((object) => isNamed(object, wanted));
  if (wanted !== undefined && named.length === 0) return err(`There is no ${kind} ${wanted}.`);
  const able = named.filter(({ capabilities }) => capabilities[wish.command] === true);
  const preferred = narrowed(able, ({ state }) => wish.prefers?.includes(state ?? '') ?? true);
  const inFocus = narrowed(preferred, (object) => isInFocus(model, object));
  const left = narrowed(inFocus, (object) => isLive(model, object));
  const [only] = left;
  if (only === undefined) return err(whyNone(named, kind, wish));
  return left.length === 1
    ? ok(only)
    : err(`Which one? Add one of these at the end: ${left.map(nameOf).join(', ')}.`);
};
