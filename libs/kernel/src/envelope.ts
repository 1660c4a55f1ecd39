/** Who caused something. `id` is an agent id, adapter instance, worker id, or a timer's name. */
export interface Actor {
  readonly kind: 'agent' | 'supervisor' | 'switch' | 'timer' | 'worker';
  readonly id: string;
}

/** What stands beside every recorded event: the answer to "why?". */
export interface EventMeta {
  readonly actor: Actor;
  /** The agent command that led here, if one did. */
  readonly commandId?: string | undefined;
  /** The direct cause: `command:<id>`, `request:<id>` (its answer), `switch:<ctiSeq>`, `timer:<name>`, `claim:<worker>`. */
  readonly causation: string;
  /** Shared by everything that one outside impulse set off. */
  readonly correlation: string;
  /** Adapter instance, for what the switch said. */
  readonly adapter?: string | undefined;
  /** Number of the switch event that this row records (bridge, per session). */
  readonly ctiSeq?: number | undefined;
  /** W3C trace parent. */
  readonly trace?: string | undefined;
  /** For a row with a wire form: the sequence of the wire event before it, null for the first. */
  readonly previous?: number | null | undefined;
}
