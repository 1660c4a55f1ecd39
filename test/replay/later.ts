import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';

const LISTS = ['groups', 'channels', 'interactions', 'conversations'] as const;
type Lists = (typeof LISTS)[number];

/** What releases behind a version of the vocabulary added to, or changed in, what its rows amount to. */
interface Added {
  /** Fields of the state with the value that they have when no row of that version speaks of them. */
  readonly state: JsonObject;
  /** Fields of the state that rows of that version fill as well. */
  readonly filled?: readonly string[];
  /** The same for every announced object of a list. */
  readonly each: Readonly<Partial<Record<Lists, JsonObject>>>;
  /** Fields of announced objects that rows of that version fill as well. */
  readonly eachFilled?: Readonly<Partial<Record<Lists, readonly string[]>>>;
  /** Commands that came later, or whose permission was put right: not compared in what rows say is allowed. */
  readonly commands: readonly string[];
}

/** By the version that histories were recorded in. Whatever is not named here is as it was recorded. */
const ADDED_AFTER: Readonly<Record<number, Added>> = {
  1: {
    state: { plannedChannels: [], followsAddressBook: false, legConnected: null },
    each: {
      interactions: { rule: null, disposition: null, holdBack: null },
      conversations: { transferring: false, conferencing: false },
    },
    commands: [
      'channelgroup.request.activateall',
      'channelgroup.request.deactivateall',
      'interaction.request.setinteractiondata',
      'interaction.request.setdisposition',
      'interaction.request.consult',
      'interaction.request.alternate',
      'interaction.request.consulttransfer',
      'interaction.request.consultconference',
      'conversation.request.mute',
      'conversation.request.unmute',
      'conversation.request.senddtmf',
      'conversation.request.blindtransfer',
      'conversation.request.blindconference',
      'conversation.request.removeparty',
    ],
  },
  2: {
    state: { reconcile: null },
    filled: ['link', 'extension'],
    each: {},
    eachFilled: { conversations: ['wished'] },
    commands: [],
  },
};

const same = (one: Json | undefined, other: Json): boolean => JSON.stringify(one) === JSON.stringify(other);

const without = (value: JsonObject, added: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(value).filter(
      ([key, now]) => !Object.hasOwn(added, key) || !same(now, added[key] ?? null),
    ),
  );

const withoutFields = (value: JsonObject, fields: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !fields.includes(key)));

const addedSince = (version: number): readonly Added[] =>
  Object.entries(ADDED_AFTER).flatMap(([behind, added]) => (Number(behind) >= version ? [added] : []));

/**
 * A state as it was recorded in that version: without later fields that still have their default. One that has
 * another value stays and is a difference, since rows of that version cannot have led to it.
 */
export const stateIn = (version: number, state: JsonObject): JsonObject =>
  addedSince(version).reduce((kept: JsonObject, added) => {
    const lists = LISTS.flatMap((list) => {
      const nodes = kept[list];
      if (!Array.isArray(nodes)) return [];
      const stripped = (node: JsonObject): JsonObject =>
        withoutFields(without(node, added.each[list] ?? {}), added.eachFilled?.[list] ?? []);
      return [[list, nodes.map((node: Json) => (isJsonObject(node) ? stripped(node) : node))] as const];
    });
    const own = withoutFields(without(kept, added.state), added.filled ?? []);
    return { ...own, ...Object.fromEntries(lists) };
  }, state);

/** The capabilities that mean the same now as in that version. */
export const capabilitiesIn = (version: number, capabilities: JsonObject): JsonObject => {
  const later = new Set(addedSince(version).flatMap(({ commands }) => commands));
  return Object.fromEntries(Object.entries(capabilities).filter(([name]) => !later.has(name)));
};
