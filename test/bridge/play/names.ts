import { type Json, type JsonObject } from '@cordboard/kernel';

/** The objects of the sequences and what they stand in: a session, its groups, channels, calls and legs. */
const PARENTS = {
  S: null,
  G: 'S',
  H: 'G',
  M: 'G',
  I: 'H',
  J: 'M',
  K: 'H',
  V1: 'I',
  V2: 'I',
  AGENT: null,
  /** A second session of the same agent. */
  T: null,
} as const satisfies Readonly<Record<string, string | null>>;

type Name = keyof typeof PARENTS;

const isName = (text: Json | undefined): text is Name =>
  typeof text === 'string' && Object.hasOwn(PARENTS, text);

/** What the names of a sequence stand for in this run; an id is learned when it is first seen. */
export interface Names {
  readonly learn: (name: string, id: string) => void;
  /** The id, or the text itself if it is no name. */
  readonly idOf: (text: string) => string;
  /** The dotted path of a named object. */
  readonly pathOf: (name: string) => string;
  /** A body with ids in place of names. */
  readonly fill: (body: JsonObject) => JsonObject;
  /** Why a heard body is not the expected one, or null. Learns the ids of names that are new. */
  readonly differs: (heard: Json | undefined, expected: Json) => string | null;
}

const shown = (value: Json | undefined): string => JSON.stringify(value) ?? 'nothing';
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const createNames = (processor: string): Names => {
  const ids = new Map<string, string>();

  const idOf = (text: string): string => {
    if (!isName(text)) return text;
    const id = ids.get(text);
    if (id === undefined) throw new Error(`nobody knows yet what ${text} is`);
    return id;
  };

  const pathOf = (name: string): string => {
    if (name === 'CTL') return `${processor}.CONTROL`;
    if (!isName(name)) throw new Error(`${name} names no object`);
    const parent = PARENTS[name];
    return parent === null ? idOf(name) : `${pathOf(parent)}.${idOf(name)}`;
  };

  const filled = (value: Json): Json => {
    if (isName(value)) return idOf(value);
    if (Array.isArray(value)) return value.map((one: Json) => filled(one));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one as Json)]));
  };

  const differs: Names['differs'] = (heard, expected) => {
    if (isName(expected) && !ids.has(expected) && typeof heard === 'string') {
      ids.set(expected, heard);
      return null;
    }
    if (Array.isArray(expected)) {
      if (!Array.isArray(heard) || heard.length !== expected.length)
        return `${shown(heard)} is not ${shown(expected)}`;
      return firstOf(expected.map((one: Json, n) => differs(heard[n] as Json, one)));
    }
    if (isObject(expected)) {
      if (!isObject(heard)) return `${shown(heard)} is not ${shown(expected)}`;
      return firstOf(
        Object.entries(expected).map(([key, one]) => {
          const why = differs(heard[key], one as Json);
          return why === null ? null : `${key}: ${why}`;
        }),
      );
    }
    const wanted = isName(expected) ? idOf(expected) : expected;
    return heard === wanted ? null : `${shown(heard)} is not ${shown(wanted)}`;
  };

  return {
    learn: (name, id) => void ids.set(name, id),
    idOf,
    pathOf,
    fill: (body) => filled(body) as JsonObject,
    differs,
  };
};

const firstOf = (reasons: readonly (string | null)[]): string | null =>
  reasons.find((why) => why !== null) ?? null;
