/** A share of `ms` that differs from worker to worker, so that the fleet does not do the same thing at once. */
export const spreadOf = (workerId: string, ms: number): number =>
  [...workerId].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9_973, 7) % Math.max(1, ms);
