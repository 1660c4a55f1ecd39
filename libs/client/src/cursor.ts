/**
 * What an event is to a client that has everything up to `last`: the next one, one it has, past a gap, or one
 * that passes beside the stream.
 */
export type Place = 'next' | 'known' | 'gap' | 'passing';

/**
 * Compares the `sequence` and `previous` of an object event with the last sequence received (0 before the
 * first). Sequences are not consecutive: only `previous` proves that nothing is missing. An event that is not
 * stored carries the last sequence as both; it has no place in the stream and leaves the cursor where it is.
 */
export const placeOf = (
  last: number,
  event: { readonly sequence: number; readonly previous: number | null },
): Place => {
  if (event.sequence === event.previous) return 'passing';
  if (event.sequence <= last) return 'known';
  return (event.previous ?? 0) === last ? 'next' : 'gap';
};
