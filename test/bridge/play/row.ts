import { type JsonObject } from '@cordboard/kernel';

/** A: the agent's desktop, B: the bridge, C: the switch side. */
type Direction = 'A>B' | 'B>A' | 'B>C' | 'C>B';

/**
 * Where we differ from the bridge's sequences, by the row of docs/protocol-decisions.md that says why. `later`: it
 * comes so many steps after its place; `extra`: nothing stands in that place.
 */
type Deviation =
  | { readonly row: string; readonly how: 'later'; readonly steps: number }
  | { readonly row: string; readonly how: 'extra' };

/**
 * One message of a sequence. `at` names the object: `-` none, `CTL` the processor, else a name of `names.ts`. A text
 * in the body that is such a name stands for the id that the object has got. Keys that are not given are not
 * looked at.
 */
export interface Row {
  readonly dir: Direction;
  readonly kind: 'command' | 'reply' | 'event' | 'query' | 'request' | 'response';
  readonly name: string;
  readonly at: string;
  readonly body: JsonObject;
  /** Of a response: refused with these words. */
  readonly refused?: string;
  /** Of an event: it may be dropped on its way. */
  readonly noise?: true;
  readonly deviation?: Deviation;
}

type MakeRow = (name: string, at: string, body?: JsonObject) => Row;

/** The agent wants something. */
export const wants: MakeRow = (name, at, body = {}) => ({ dir: 'A>B', kind: 'command', name, at, body });

/** The agent gets the reply to a command. */
export const reply: MakeRow = (name, at, body = { result: 'success' }) => ({
  dir: 'B>A',
  kind: 'reply',
  name,
  at,
  body,
});

/** The agent is told of an event. */
export const told: MakeRow = (name, at, body = {}) => ({ dir: 'B>A', kind: 'event', name, at, body });

/** `state.updated` with that state. */
export const state = (at: string, now: string): Row => told('state.updated', at, { state: now });

/** The switch side is asked. */
export const asked: MakeRow = (name, at, body = {}) => ({
  dir: 'B>C',
  kind: name.includes('.query.') ? 'query' : 'request',
  name,
  at,
  body,
});

/** The switch side answers that it is done. */
export const answers: MakeRow = (name, at, body = {}) => ({ dir: 'C>B', kind: 'response', name, at, body });

/** The switch side refuses. */
export const refuses = (name: string, at: string, refused: string): Row => ({
  ...answers(name, at),
  refused,
});

/** The switch side tells what happened. */
export const happens: MakeRow = (name, at, body = {}) => ({ dir: 'C>B', kind: 'event', name, at, body });

/** The switch side says what makes no sense. */
export const noise: MakeRow = (name, at, body = {}) => ({ ...happens(name, at, body), noise: true });

/** It is asked and does it at once. */
export const done = (name: string, at: string, body: JsonObject = {}, answer: JsonObject = {}) =>
  [asked(name, at, body), answers(name, at, answer)] as const;

export const later = (row: string, steps: number, message: Row): Row => ({
  ...message,
  deviation: { row, how: 'later', steps },
});
export const extra = (row: string, message: Row): Row => ({ ...message, deviation: { row, how: 'extra' } });

/** The rows as we play them: what comes later at its place. */
export const asWePlay = (rows: readonly Row[]): readonly Row[] => {
  const placed = rows.map((row, index) => {
    const { deviation } = row;
    return { row, place: deviation?.how === 'later' ? index + deviation.steps + 0.5 : index };
  });
  return placed.sort((a, b) => a.place - b.place).map(({ row }) => row);
};
