/** How many walks a property takes: the usual ones, always the same, or as many new ones as WALKS says. */
export const walkRuns = (
  usual: number,
): { readonly numRuns: number; readonly seed?: number; readonly endOnFailure?: boolean } =>
  process.env.WALKS === undefined
    ? { numRuns: usual, seed: 1 }
    : // Shrinking a long life takes minutes; the seed that is printed leads back to it.
      { numRuns: Number(process.env.WALKS), endOnFailure: true };
