/** What a session keeps at most; what happens at each limit stands beside it. */
export const LIMITS = {
  /** Facts held back for one object; the oldest is dropped (bridge A7-10). */
  deferredFacts: 1_000,
  /** Children of one object, planned ones included; further ones are ignored. */
  children: 256,
  /** Parties of one conversation; further ones are ignored. */
  members: 256,
  /** Keys of attached data; further keys are ignored. */
  dataKeys: 512,
  /** Attached data as JSON: every change of it travels whole. What does not fit is ignored, and refused to agents. */
  dataBytes: 128 * 1_024,
  /** Unanswered commands; further ones are refused. */
  commands: 64,
} as const;

/** Time limits of the bridge (A8-2), in milliseconds. */
export const ANSWER_TIMEOUT_MS = 30_000;
export const LOGIN_TIMEOUT_MS = 120_000;

/** How long an event of a second leg waits for that of the first at most (bridge A7-12). */
export const HOLD_BACK_MS = 2_000;

/** The shortest time after which the policy tries a failed logout again. */
export const LOGOUT_RETRY_MS = 30_000;

/** When a reconciliation that failed is tried again: after the first wait, then twice as long, the longest at most. */
export const RECONCILE_RETRY_MS = { first: 1_000, most: 30_000 } as const;

/** How many refusals of the log-in end a session that was to be reconciled. */
export const RECONCILE_REFUSALS = 3;

/** How long a channel is given to follow what the switch has answered, before a command goes on to the next one. */
export const FOLLOW_MS = 2_000;
