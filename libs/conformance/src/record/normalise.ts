import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { type JsonObject } from '@cordboard/kernel';
import { type Exchange } from '../desk/stage.ts';
import { groupBy } from '../run/group-by.ts';
import { type Frame, isEvent, objectOf, textOf } from '../wire/frame.ts';

const TIME = '2026-01-01T09:00:00.000Z';
const EPOCH = /^(afterCallWorkEndsAt)$/;

/** Letters of the kinds below the session, as in the targets of the catalogue. */
const LETTERS: Readonly<Record<string, string>> = {
  channelgroup: 'g',
  channel: 'c',
  interaction: 'i',
  conversation: 'v',
};

const KINDS_BY_LENGTH: Readonly<Record<number, readonly string[]>> = {
  2: ['channelgroup'],
  3: ['channelgroup', 'channel'],
  4: ['channelgroup', 'channel', 'interaction'],
  5: ['channelgroup', 'channel', 'interaction', 'conversation'],
};

type Rename = (kind: string, id: string) => string;

const namer = (): { readonly name: Rename; readonly known: ReadonlyMap<string, string> } => {
  const known = new Map<string, string>();
  const counts = new Map<string, number>();
  const name: Rename = (kind, id) => {
    const given = known.get(id);
    if (given !== undefined) return given;
    const letter = LETTERS[kind] ?? 'x';
    const count = (counts.get(letter) ?? 0) + 1;
    counts.set(letter, count);
    known.set(id, `${letter}${count}`);
    return `${letter}${count}`;
  };
  return { name, known };
};

/** Kinds of a path's ids; a stand-alone channel's path has no group. */
const kindsOf = (path: string, standAlone: boolean): readonly string[] => {
  const length = path.split('.').length + (standAlone ? 1 : 0);
  const kinds = KINDS_BY_LENGTH[length] ?? [];
  return standAlone ? kinds.slice(1) : kinds;
};

const replaced = (value: unknown, by: (text: string) => string): unknown => {
  if (typeof value === 'string') return by(value);
  if (Array.isArray(value)) return value.map((item) => replaced(item, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, EPOCH.test(key) ? 0 : replaced(item, by)]),
  );
};

/** What other agents do meanwhile shows in address books; one entry of each type is enough of them. */
const settledEntries = (entries: unknown): unknown =>
  Array.isArray(entries)
    ? [...groupBy(entries as unknown[], (entry) => textOf(objectOf(entry)['type'])).values()].map(
        ([first]) => {
          const { properties, ...entry } = objectOf(first);
          const props = objectOf(properties);
          return {
            ...entry,
            properties: {
              ...props,
              ...('state' in props ? { state: 'ready' } : {}),
              ...('numAvailable' in props ? { numAvailable: 1 } : {}),
              ...('numUnavailable' in props ? { numUnavailable: 1 } : {}),
              ...('ewt' in props ? { ewt: '0' } : {}),
            },
          };
        },
      )
    : entries;

const settledBook = (book: unknown): unknown => {
  const { groups, entries, ...rest } = objectOf(book);
  return {
    ...rest,
    groups: Array.isArray(groups) ? groups.map(settledBook) : groups,
    entries: settledEntries(entries),
  };
};

const settledData = (data: JsonObject | undefined): JsonObject | undefined => {
  const books = data?.['addressbooks'];
  return Array.isArray(books) ? ({ ...data, addressbooks: books.map(settledBook) } as JsonObject) : data;
};

/** An exchange with plain ids, fixed times and sequences from 1: the same for every run. */
export const normalised = ({ command, agent, request, frames, places }: Exchange): readonly JsonObject[] => {
  const { name, known } = namer();
  const session = places['session'] ?? '';
  const standAlone = places['group'] === undefined && places['channel'] !== undefined;
  for (const path of Object.values(places)) {
    const ids = path.split('.').slice(1);
    const kinds = kindsOf(path, standAlone);
    ids.forEach((id, index) => name(kinds[index] ?? '', id));
  }
  // Lists name every agent; whose they are does not show.
  const lists = CATALOGUE.commands.find((row) => row.name === command)?.success === 'own';
  const plain = (text: string): string => {
    if (!text.startsWith(session)) return known.get(text) ?? (lists ? text : text.replaceAll(agent, '1001'));
    const [, ...below] = text.split('.');
    return ['s1', ...below.map((id) => known.get(id) ?? id)].join('.');
  };
  let sequence = 0;
  const numbered = (frame: Frame): JsonObject => {
    const shown = { ...frame, data: settledData(frame.data) } as unknown as JsonObject;
    if (!isEvent(frame)) return { ...shown, requestId: 'r1' };
    sequence += 1;
    return { ...shown, sequence, previous: sequence === 1 ? null : sequence - 1, at: TIME };
  };
  return [{ ...request, requestId: 'r1' }, ...frames.map(numbered)].map(
    (one) => replaced(one, plain) as JsonObject,
  );
};
