import { IsIn, IsOptional, IsString, Matches, MaxLength, ValidateBy } from 'class-validator';
import { isJsonObject } from '@cordboard/kernel';

/** Several rules as one. */
export const together =
  (...rules: readonly PropertyDecorator[]): PropertyDecorator =>
  (prototype, property) => {
    for (const rule of rules) rule(prototype, property);
  };

/** A property that must be there: one line of 1 to 128 characters, such as an id, a number or a code. */
export const Text = (): PropertyDecorator =>
  Matches(/^\P{Cc}{1,128}$/u, { message: '$property must be text of 1 to 128 characters on one line' });

/** The same, where it must be there and may be empty, such as the number of a caller who withholds it. */
export const TextOrEmpty = (): PropertyDecorator =>
  Matches(/^\P{Cc}{0,128}$/u, { message: '$property must be text of at most 128 characters on one line' });

/** The same, where it may be absent or empty. */
export const OptionalText = (): PropertyDecorator => together(IsOptional(), TextOrEmpty());

/** Readable text of any length that a frame may have, for people. */
export const OptionalProse = (): PropertyDecorator =>
  together(IsOptional(), IsString({ message: '$property must be text' }));

export const Prose = (): PropertyDecorator => IsString({ message: '$property must be text' });

/** A secret of at most 256 characters; what is wrong with it is said without it. */
export const Secret = (): PropertyDecorator =>
  together(MaxLength(256, { message: '$property must be text of at most 256 characters' }));

export const OneOf = (words: readonly string[]): PropertyDecorator =>
  IsIn([...words], { message: `$property must be one of ${words.join(', ')}` });

/** An object or a list that nobody looks into, with a bound on its size as JSON text. */
export const JsonOfAtMost = (characters: number): PropertyDecorator =>
  ValidateBy({
    name: 'jsonOfAtMost',
    constraints: [characters],
    validator: {
      validate: (value) => JSON.stringify(value).length <= characters,
      defaultMessage: () => `$property must be at most ${characters} characters as JSON`,
    },
  });

const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 4_096;

const areTexts = (value: unknown): boolean =>
  isJsonObject(value) &&
  Object.keys(value).length <= 128 &&
  Object.entries(value).every(([key, text]) => key.length <= 256 && isText(text));

/** One item of attached data: text, or texts by name (bridge INT-R04). */
export const TextOrTexts = (): PropertyDecorator =>
  ValidateBy({
    name: 'textOrTexts',
    validator: {
      validate: (value) => isText(value) || areTexts(value),
      defaultMessage: () =>
        '$property must be text of at most 4096 characters, or at most 128 of them by name',
    },
  });
