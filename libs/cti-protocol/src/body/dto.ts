import { getMetadataStorage, IsObject, ValidateNested } from 'class-validator';
import { err, isJsonObject, type Json, type JsonObject, ok, type Result } from '@cordboard/kernel';
import { problemOf } from '@cordboard/validation';

/** A class whose properties describe a message body. */
export type Dto<Body extends object = object> = new () => Body;

/** Makes a value small enough to keep; tells how many items and texts it cut. */
export type Trim = (value: Json, took: (count: number) => void) => Json;

/** A body whose lists may be longer, and its texts, than anybody needs: what is too much is left out. */
export class Trimmable {
  /** How many items and texts were left out or cut short. */
  cut = 0;
}

const trims = new Map<object, Map<string, Trim>>();

/** A property that is made small enough before anything else looks at it. */
export const Trimmed =
  (trim: Trim): PropertyDecorator =>
  (prototype, property) => {
    const known = trims.get(prototype) ?? new Map<string, Trim>();
    trims.set(prototype, known.set(String(property), trim));
  };

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

/** What was noted for a property by the class itself or by one that it extends. */
const notedFor = <Note>(
  notes: ReadonlyMap<object, ReadonlyMap<string, Note>>,
  prototype: object,
  property: string,
): Note | undefined => {
  for (let one: unknown = prototype; typeof one === 'object' && one !== null;) {
    const note = notes.get(one)?.get(property);
    if (note !== undefined) return note;
    one = Object.getPrototypeOf(one);
  }
  return undefined;
};

interface Property {
  readonly name: string;
  readonly inner: Dto | undefined;
  readonly trim: Trim | undefined;
}

const declared = new Map<Dto, readonly Property[]>();

const propertiesOf = (type: Dto): readonly Property[] => {
  const known = declared.get(type);
  if (known !== undefined) return known;
  const prototype = type.prototype as object;
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const properties = [...new Set(rules.map(({ propertyName }) => propertyName))].map((name) => ({
    name,
    inner: notedFor(nested, prototype, name),
    trim: notedFor(trims, prototype, name),
  }));
  declared.set(type, properties);
  return properties;
};

type Took = Parameters<Trim>[1];

const fillNested = (type: Dto, value: Json, took: Took): unknown => {
  const fillOne = (item: Json): unknown => (isJsonObject(item) ? fill(type, item, took) : item);
  return Array.isArray(value) ? value.map(fillOne) : fillOne(value);
};

/** Declared properties alone: unknown keys of a body are ignored (bridge A.3), null counts as absent. */
export const fill = <Body extends object>(type: Dto<Body>, body: JsonObject, took: Took): Body => {
  const filled = new type();
  for (const { name, inner, trim } of propertiesOf(type)) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    if (value === undefined || value === null) continue;
    const kept = trim === undefined ? value : trim(value, took);
    Object.assign(filled, { [name]: inner === undefined ? kept : fillNested(inner, kept, took) });
  }
  return filled;
};

/** Reads a body as that class; the error is a sentence that names the property. */
export const readAs = <Body extends object>(type: Dto<Body>, body: JsonObject): Result<Body, string> => {
  let cut = 0;
  const filled = fill(type, body, (count) => void (cut += count));
  if (filled instanceof Trimmable) filled.cut = cut;
  if (propertiesOf(type).length === 0) return ok(filled);
  const problem = problemOf(filled, 'body.');
  return problem === null ? ok(filled) : err(problem);
};
