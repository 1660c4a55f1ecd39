import { isJsonObject, type Json } from '@cordboard/kernel';
import { type StoredShape } from '@cordboard/translation';

/** Maps whose keys belong to the switch, the caller or the catalogue: their keys are no shape. */
const OPEN = new Set([
  'capabilities',
  'interactionData',
  'fact.changes',
  'answer.reading.data',
  ...['command', 'request'].flatMap((asked) =>
    ['extensions', 'parameters', 'value'].map((key) => `${asked}.${key}`),
  ),
]);

/** Every field of a value as `path:type`, arrays by their members. */
const fieldsOf = (value: Json | undefined, path: string): readonly string[] => {
  if (Array.isArray(value))
    return [`${path}:array`, ...value.flatMap((one: Json) => fieldsOf(one, `${path}[]`))];
  if (!isJsonObject(value)) return [`${path}:${value === null ? 'null' : typeof value}`];
  if (OPEN.has(path)) return [`${path}:map`];
  const inside = Object.entries(value).flatMap(([key, one]) =>
    fieldsOf(one, path === '' ? key : `${path}.${key}`),
  );
  return path === '' ? inside : [`${path}:object`, ...inside];
};

/** The fields that rows of one type and version have: those that all of them share, and all that occur. */
interface Shape {
  readonly always: readonly string[];
  readonly ever: readonly string[];
}

const wordIn = (value: Json | undefined, key: string): string | undefined => {
  const word = isJsonObject(value) ? value[key] : undefined;
  return typeof word === 'string' ? word : undefined;
};

/** What tells variants of one type apart: commands, requests, facts, readings and outcomes have shapes of their own. */
const variantOf = ({ command, request, fact, answer, outcome }: StoredShape['data']): string => {
  const reading = isJsonObject(answer) ? answer.reading : undefined;
  const asked = [command, request, fact].map((part) => wordIn(part, 'type'));
  const words = [...asked, wordIn(reading, 'of') ?? wordIn(answer, 'cause'), wordIn(outcome, 'result')];
  const variant = words.find((word) => word !== undefined);
  return variant === undefined ? '' : ` ${variant}`;
};

/** What rows are compared by: those of one type, version and variant have the same shape. */
export const kindOf = ({ type, version, data }: StoredShape): string =>
  `${type}${variantOf(data)}, version ${version}`;

const shapesOf = (rows: readonly StoredShape[]): ReadonlyMap<string, Shape> => {
  const shapes = new Map<string, Shape>();
  for (const row of rows) {
    const key = kindOf(row);
    const fields = fieldsOf(row.data, '');
    const known = shapes.get(key);
    shapes.set(key, {
      always: known === undefined ? fields : known.always.filter((field) => fields.includes(field)),
      ever: [...new Set([...(known?.ever ?? []), ...fields])],
    });
  }
  return shapes;
};

/** Where rows written now differ from what their version means in the histories; empty when they do not. */
export const changedShapes = (
  written: readonly StoredShape[],
  recorded: readonly StoredShape[],
): readonly string[] => {
  const known = shapesOf(recorded);
  return [...shapesOf(written)].flatMap(([key, now]) => {
    const then = known.get(key);
    if (then === undefined) return [`${key}: no history has it`];
    return [
      ...now.ever.filter((field) => !then.ever.includes(field)).map((field) => `${key}: ${field} is new`),
      ...then.always
        .filter((field) => !now.always.includes(field))
        .map((field) => `${key}: ${field} is gone`),
    ];
  });
};
