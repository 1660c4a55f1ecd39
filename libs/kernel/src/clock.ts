/** Where the time comes from. `now` is milliseconds since the epoch. */
export interface Clock {
  readonly now: () => number;
  /** Runs `task` once, `delayMs` from now; the returned function cancels it. */
  readonly after: (delayMs: number, task: () => void) => () => void;
}

/** Where new ids come from. `next` gives a canonical lower-case UUIDv7, of the time `at` (ms) where that matters. */
export interface IdSource {
  readonly next: (at?: number) => string;
}
