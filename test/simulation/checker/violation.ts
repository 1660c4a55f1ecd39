/** A promise that was broken. */
export interface Violation {
  /** Which of the eight. */
  readonly invariant: Invariant;
  readonly what: string;
}

/** The promises, by the names that reports use. */
export type Invariant =
  | 'stored-once'
  | 'no-hole'
  | 'followers-equal'
  | 'memory-equals-fold'
  | 'effects-intended'
  | 'serial-replies'
  | 'epochs-rise'
  | 'nothing-waits';

/** Takes a violation in. */
export type Report = (invariant: Invariant, what: string) => void;
