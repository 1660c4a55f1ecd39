import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const together =
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
