/** What an event is to a client that has everything up to `last`: the next one, one it has, or past a gap. */
export type Place = 'next' | 'known' | 'gap';

/**
 * Compares the `sequence` and `previous` of an object event with the last sequence received (0 before the
 * first). Sequences are not consecutive: only `previous` proves that nothing is missing.
 */
export const placeOf = (
  last: number,
  event: { readonly sequence: number; readonly previous: number | null },
): Place => {
  if (event.sequence <= last) return 'known';
  return (event.previous ?? 0) === last ? 'next' : 'gap';
};
