import {
  getMetadataStorage,
  IsObject,
  validateSync,
  ValidateNested,
  type ValidationError,
} from 'class-validator';
import { err, isJsonObject, type Json, type JsonObject, ok, type Result } from '@cordboard/kernel';

/** A class whose properties describe a message body. */
export type Dto<Body extends object = object> = new () => Body;

const nested = new Map<object, Map<string, Dto>>();

/** A property that holds one body of that class, or an array of them. */
export const Nested =
  (type: Dto): PropertyDecorator =>
  (prototype, property) => {
    const types = nested.get(prototype) ?? new Map<string, Dto>();
    nested.set(prototype, types.set(String(property), type));
    ValidateNested()(prototype, property);
    IsObject({ each: true, message: '$property must hold objects' })(prototype, property);
  };

const declared = new Map<Dto, readonly string[]>();

const propertiesOf = (type: Dto): readonly string[] => {
  const known = declared.get(type);
  if (known !== undefined) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  declared.set(type, names);
  return names;
};

const fillNested = (type: Dto, value: Json): unknown => {
  const fillOne = (item: Json): unknown => (isJsonObject(item) ? fill(type, item) : item);
  return Array.isArray(value) ? value.map(fillOne) : fillOne(value);
};

/** Declared properties alone: unknown keys of a body are ignored (bridge A.3), null counts as absent. */
const fill = <Body extends object>(type: Dto<Body>, body: JsonObject): Body => {
  const filled = new type();
  const inner = nested.get(type.prototype as object);
  for (const name of propertiesOf(type)) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    if (value === undefined || value === null) continue;
    const innerType = inner?.get(name);
    Object.assign(filled, { [name]: innerType === undefined ? value : fillNested(innerType, value) });
  }
  return filled;
};

const firstProblem = (errors: readonly ValidationError[], path: string): string | null => {
  const [error] = errors;
  if (error === undefined) return null;
  const said = Object.values(error.constraints ?? {})[0];
  return said === undefined
    ? firstProblem(error.children ?? [], `${path}${error.property}.`)
    : `${path}${said}`;
};

/** Reads a body as that class; the error is a sentence that names the property. */
export const readAs = <Body extends object>(type: Dto<Body>, body: JsonObject): Result<Body, string> => {
  const filled = fill(type, body);
  if (propertiesOf(type).length === 0) return ok(filled);
  const problem = firstProblem(validateSync(filled, { stopAtFirstError: true }), 'body.');
  return problem === null ? ok(filled) : err(problem);
};
