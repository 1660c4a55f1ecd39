/**
 * Something that the machine lacks or that stands in the way. The message is one line and says what to do;
 * whoever prints it needs no stack.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
