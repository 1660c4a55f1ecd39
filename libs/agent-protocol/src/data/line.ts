import { Matches, ValidateBy } from 'class-validator';
import { isJsonObject } from '@cordboard/kernel';

/** A property that holds one line of text: no control characters, `min` to `max` characters. */
export const Line = (min: number, max: number): PropertyDecorator => {
  const pattern = new RegExp(`^\\P{Cc}{${min},${max}}$`, 'u');
  return ValidateBy({
    name: 'line',
    constraints: [min, max],
    validator: {
      validate: (value) => typeof value === 'string' && pattern.test(value),
      defaultMessage: () => `$property must be text of ${min} to ${max} characters on one line`,
    },
  });
};

const ID = '[A-Za-z0-9][A-Za-z0-9_-]{0,63}';

/** A property that holds an id: safe as one token of a subject. */
export const Id = (): PropertyDecorator =>
  Matches(new RegExp(`^${ID}$`), {
    message: '$property must be an id of 1 to 64 letters, digits, hyphens or underscores',
  });

/** An id, or nothing for the default. */
export const IdOrEmpty = (): PropertyDecorator =>
  Matches(new RegExp(`^(?:${ID})?$`), { message: '$property must be an id, or empty for the default' });

/** Patterns over the five tokens of a target: `*` for any id, `_` for an absent level. */
export const TargetPatterns = (): PropertyDecorator =>
  Matches(new RegExp(`^(?:\\*|${ID})(?:\\.(?:\\*|_|${ID})){4}$`), {
    each: true,
    message: '$property must hold patterns of five tokens, such as *.*.*._._',
  });

/** An object of the client's that nobody looks into, with a bound on its size as JSON text. */
export const BoundedObject = (maxCharacters: number): PropertyDecorator =>
  ValidateBy({
    name: 'boundedObject',
    constraints: [maxCharacters],
    validator: {
      validate: (value) => isJsonObject(value) && JSON.stringify(value).length <= maxCharacters,
      defaultMessage: () => `$property must be an object of at most ${maxCharacters} characters as JSON`,
    },
  });

interface TextsBound {
  readonly items: number;
  readonly key: number;
  readonly value: number;
}

const isText = (value: unknown, max: number): boolean => typeof value === 'string' && value.length <= max;

const areTexts = (value: unknown, { items, key, value: longest }: TextsBound): boolean => {
  if (!isJsonObject(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= items &&
    entries.every(([name, text]) => name !== '' && name.length <= key && isText(text, longest))
  );
};

/** Text of any number of lines, or an object of such texts. */
export const TextOrTexts = (bound: TextsBound): PropertyDecorator =>
  ValidateBy({
    name: 'textOrTexts',
    constraints: [bound],
    validator: {
      validate: (value) => isText(value, bound.value) || areTexts(value, bound),
      defaultMessage: () =>
        `$property must be text of at most ${bound.value} characters, or an object of at most ${bound.items} such texts`,
    },
  });
