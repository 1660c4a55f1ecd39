const INTERNAL = 'internal_';
const NAME = /^[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*$/;
const INTERNAL_NAME = /^internal_[A-Za-z][A-Za-z0-9]*$/;
const MAX_LENGTH = 128;

/**
 * Message names carry dots on the wire and `_` in a subject. No wire name holds a `_` of its own, so the way
 * back is exact; `internal_<Type>`, the name of a row without a wire form, is the same in both.
 */
const isMessageName = (name: string): boolean =>
  name.length <= MAX_LENGTH && (NAME.test(name) || INTERNAL_NAME.test(name));

/** The subject token of a message name, or null when the name could not be one. */
export const nameToken = (name: string): string | null =>
  isMessageName(name) ? name.replaceAll('.', '_') : null;

/** The message name that a subject token stands for, or null when it stands for none. */
export const nameOfToken = (token: string): string | null => {
  if (INTERNAL_NAME.test(token) && token.length <= MAX_LENGTH) return token;
  if (token.startsWith(INTERNAL) || token.includes('.')) return null;
  const name = token.replaceAll('_', '.');
  return isMessageName(name) ? name : null;
};
