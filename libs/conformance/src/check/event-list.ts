import { brief, type Frame, objectOf, textOf } from '../wire/frame.ts';
import { Mismatch } from './mismatch.ts';

/**
 * One event of a list, in words: `name role` or `state.updated role STATE`. The role stands for an object: one
 * that the check knows by path, or one that the list itself introduces with its `*.created` entry.
 */
export type Expected = string;

/** Paths by role. */
export type Places = Readonly<Record<string, string>>;

interface Entry {
  readonly name: string;
  readonly role: string;
  readonly state: string | undefined;
}

const entryOf = (expected: Expected): Entry => {
  const [name = '', role = '', state] = expected.split(' ');
  return { name, role, state };
};

/** The name of each event of a list. */
export const namesOf = (list: readonly Expected[]): readonly string[] => list.map((one) => entryOf(one).name);

const isCreated = (name: string): boolean => name.endsWith('.created');

/** The path of what a `*.created` event announces. */
const announced = ({ name, target, data }: Frame): string => {
  const kind = textOf(name).split('.')[0] ?? '';
  return `${textOf(target)}.${textOf(objectOf(objectOf(data)[kind])['id'])}`;
};

/** Whether an event is the one expected; a created object may be any that is not known by another role. */
const fits = (entry: Entry, frame: Frame, places: Places): boolean => {
  if (frame.name !== entry.name) return false;
  if (entry.state !== undefined && objectOf(frame.data)['state'] !== entry.state) return false;
  const path = isCreated(entry.name) ? announced(frame) : textOf(frame.target);
  const known = places[entry.role];
  if (known !== undefined) return known === path;
  return isCreated(entry.name) && !Object.values(places).includes(path);
};

export interface Matched {
  /** The events in the place of the list's entries; shorter while not all have come. */
  readonly frames: readonly Frame[];
  /** With the objects that the list introduced. */
  readonly places: Places;
}

/** Finds a list as an ordered subsequence among events. */
export const match = (list: readonly Expected[], events: readonly Frame[], known: Places): Matched => {
  const frames: Frame[] = [];
  let places = known;
  for (const event of events) {
    const next = list[frames.length];
    if (next === undefined) break;
    const entry = entryOf(next);
    if (!fits(entry, event, places)) continue;
    frames.push(event);
    if (isCreated(entry.name)) places = { ...places, [entry.role]: announced(event) };
  }
  return { frames, places };
};

/** A frame in the words of a list. */
const inWords = (frame: Frame, places: Places): string => {
  const role = Object.entries(places).find(([, path]) => path === frame.target)?.[0] ?? textOf(frame.target);
  const state = frame.name === 'state.updated' ? ` ${textOf(objectOf(frame.data)['state'])}` : '';
  return `${textOf(frame.name)} ${role}${state}`;
};

/** Raises when a list has not come as a whole and in order. */
export const insistMatched = (
  list: readonly Expected[],
  matched: Matched,
  events: readonly Frame[],
): void => {
  if (matched.frames.length === list.length) return;
  const missing = list[matched.frames.length] ?? '';
  throw new Mismatch(
    `${list.join(', ')}`,
    `no "${missing}" after the entries before it, among: ${brief(
      events.map((frame) => inWords(frame, matched.places)),
      900,
    )}`,
  );
};

/** State of channels and groups may be told between the entries of any list: many things change it. */
const anywhere = (frame: Frame): boolean =>
  frame.name === 'channel.infochanged' ||
  (frame.name === 'state.updated' &&
    ['channel', 'channelgroup'].includes(textOf(objectOf(frame.data)['objectType'])));

/** Raises when something came that no list names and that may not stand between. */
export const insistNothingElse = (
  events: readonly Frame[],
  lists: readonly Matched[],
  also: readonly Expected[],
  known: Places,
): void => {
  const places: Places = Object.assign({}, known, ...lists.map((list) => list.places)) as Places;
  const matched = new Set(lists.flatMap(({ frames }) => frames));
  const allowed = (frame: Frame): boolean => also.some((one) => fits(entryOf(one), frame, places));
  const stray = events.find((frame) => !matched.has(frame) && !anywhere(frame) && !allowed(frame));
  if (stray === undefined) return;
  throw new Mismatch(
    'no other events',
    `${inWords(stray, places)} among: ${brief(
      events.map((frame) => inWords(frame, places)),
      900,
    )}`,
  );
};
