/** What a bench found. */
export interface Outcome {
  /** It kept the limit. */
  readonly good: boolean;
  readonly lines: readonly string[];
  /** The same for programs. */
  readonly result: object;
}
