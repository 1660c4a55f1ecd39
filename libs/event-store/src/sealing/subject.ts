/**
 * One spelling for a number or address, so that a person is found again however it was written: addresses
 * (with an `@`) in lower case without scheme, numbers as digits with their `+`, anything else in lower case.
 */
export const normalisedSubject = (numberOrAddress: string): string => {
  const text = numberOrAddress
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^(tel|sips?|mailto):/, '');
  if (text.includes('@')) return text;
  const dialled = text.replace(/[\s().\-/]/g, '');
  return /^\+?[0-9*#]+$/.test(dialled) ? dialled : text;
};
