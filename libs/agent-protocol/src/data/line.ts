import { Matches } from 'class-validator';

/** A property that holds one line of text: no control characters, `min` to `max` characters. */
export const Line = (min: number, max: number): PropertyDecorator =>
  Matches(new RegExp(`^\\P{Cc}{${min},${max}}$`, 'u'), {
    message: `$property must be text of ${min} to ${max} characters on one line`,
  });

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
