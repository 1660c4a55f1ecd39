/** What an operator may set of the edge's door. */
export interface EdgeSettings {
  /** Pages that may connect; empty: our own host only. */
  readonly origins: readonly string[];
  readonly maxSockets: number;
  /** Signs development tokens; null where they do not exist. */
  readonly devTokenSecret: string | null;
}
