/** A text field of a checked request; empty when it is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
