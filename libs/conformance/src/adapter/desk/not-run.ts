/** Something that this run cannot make; the message says what would make it possible. */
export class NotRun extends Error {}
