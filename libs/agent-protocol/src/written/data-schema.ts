import { getMetadataStorage } from 'class-validator';
import { type JsonObject } from '@cordboard/kernel';
import { hasData, readCommandData } from '../data/command-data.ts';
import { type WrittenCommand, type WrittenField, type WrittenServiceCommand } from './catalogue.ts';

type Rule = (constraints: readonly unknown[]) => JsonObject;

interface TextsBound {
  readonly items: number;
  readonly value: number;
}

/** What each rule of a data class says in JSON Schema. */
const RULES: Readonly<Record<string, Rule>> = {
  line: ([minLength, maxLength]) => ({ minLength, maxLength }) as JsonObject,
  matches: ([pattern]) => ({ pattern: (pattern as RegExp).source }),
  maxLength: ([maxLength]) => ({ maxLength }) as JsonObject,
  isBoolean: () => ({}),
  isInt: () => ({ multipleOf: 1 }),
  min: ([minimum]) => ({ minimum }) as JsonObject,
  max: ([maximum]) => ({ maximum }) as JsonObject,
  isArray: () => ({}),
  arrayMinSize: ([minItems]) => ({ minItems }) as JsonObject,
  arrayMaxSize: ([maxItems]) => ({ maxItems }) as JsonObject,
  isObject: () => ({}),
  isOptional: () => ({}),
  nestedValidation: () => ({}),
  boundedObject: () => ({}),
  textOrTexts: ([bound]) => {
    const { items, value } = bound as TextsBound;
    return { maxLength: value, maxProperties: items };
  },
};

type Rules = ReadonlyMap<string, JsonObject>;

const addTo = (rules: Map<string, JsonObject>, path: string, rule: JsonObject): void => {
  rules.set(path, { ...rules.get(path), ...rule });
};

/** Instances of data classes, as against plain objects, have rules for their keys. */
const isInstance = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && value.constructor !== Object;

const collect = (rules: Map<string, JsonObject>, instance: object, prefix: string): void => {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(instance.constructor, '', false, false);
  for (const { name, type, propertyName, constraints, each } of metadata) {
    const path = `${prefix}${propertyName}`;
    const rule = RULES[name ?? type]?.(constraints ?? []);
    if (rule === undefined) throw new Error(`No JSON Schema is known for the rule ${name ?? type}.`);
    addTo(rules, path, each && Object.keys(rule).length > 0 ? { items: { type: 'string', ...rule } } : rule);
  }
  for (const [key, value] of Object.entries(instance)) {
    if (Array.isArray(value) && isInstance(value[0])) collect(rules, value[0], `${prefix}${key}[].`);
    else if (!Array.isArray(value) && isInstance(value)) collect(rules, value, `${prefix}${key}.`);
  }
};

/**
 * What the class of a command's data says of each field, by path, in JSON Schema. The command's `example` must
 * have every field. Raises for a command whose example does not fit, or with a rule unknown here.
 */
export const classRules = ({
  name,
  example,
}: Pick<WrittenCommand | WrittenServiceCommand, 'name' | 'example'>): Rules => {
  const rules = new Map<string, JsonObject>();
  if (!hasData(name)) return rules;
  const read = readCommandData(name, example);
  if (!read.ok) throw new Error(`The example of ${name} does not fit: ${read.error}.`);
  collect(rules, read.value, '');
  return rules;
};

const rulesOf = (rules: Rules, { path, aliases = [] }: WrittenField): JsonObject =>
  [path, ...aliases].map((spelling) => rules.get(spelling)).find((rule) => rule !== undefined) ?? {};

const fieldSchema = (fields: readonly WrittenField[], field: WrittenField, rules: Rules): JsonObject => {
  const { types, default: fallback, path, rule } = field;
  const below = types.includes('array') ? `${path}[].` : `${path}.`;
  const nested = fields.some((other) => other.path.startsWith(below))
    ? objectSchema(fields, below, rules)
    : null;
  return {
    type: types.length === 1 ? (types[0] ?? null) : types,
    ...(types.includes('array') ? { items: nested ?? { type: 'string' } } : nested),
    ...rulesOf(rules, field),
    ...(fallback === undefined ? {} : { default: fallback }),
    description: rule,
  };
};

const objectSchema = (fields: readonly WrittenField[], prefix: string, rules: Rules): JsonObject => {
  const here = fields.filter(
    ({ path }) => path.startsWith(prefix) && !/[.[]/.test(path.slice(prefix.length)),
  );
  const nameOf = ({ path }: WrittenField): string => path.slice(prefix.length);
  const required = here.filter((field) => field.required).map(nameOf);
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(here.map((field) => [nameOf(field), fieldSchema(fields, field, rules)])),
  };
};

/** JSON Schema of a command's `data` as a client sends it: the rules of its class, the words of the catalogue. */
export const dataSchema = (command: WrittenCommand | WrittenServiceCommand): JsonObject =>
  objectSchema(command.data, '', classRules(command));
