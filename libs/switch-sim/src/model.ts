/** Someone on a call, known by number; an agent's number is the extension. */
export interface Party {
  readonly number: string;
  readonly name?: string | undefined;
}

/** Attached data: key to text, or key to an object of texts. */
export type CallData = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export type LegInteraction = 'ALERTING' | 'DIALING' | 'STARTED' | 'ENDED' | 'COMPLETED';
export type LegMedia = 'RINGING' | 'DIALING' | 'TALKING' | 'HELD' | 'MUTE' | 'RELEASED';

/**
 * An agent's side of one call. It outlives the call: `interaction` stays ENDED until the agent completes it,
 * and an unanswered inbound leg goes to COMPLETED by itself.
 */
export interface Leg {
  readonly id: string;
  readonly call: string;
  readonly agent: string;
  readonly direction: 'inbound' | 'outbound';
  readonly party: Party;
  readonly data: CallData;
  readonly answered: boolean;
  readonly interaction: LegInteraction;
  readonly media: LegMedia;
}

/** A person who works at the extension that is their id. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  readonly loggedIn: boolean;
  readonly active: boolean;
  readonly ready: boolean;
  readonly reasonCode: string;
  readonly reasonName: string;
  /** Since when the agent waits for a call, ms since the epoch; orders the queue's choice. */
  readonly idleSince: number;
  /** Newest last; at most one is not COMPLETED, the older ones are kept for late questions. */
  readonly legs: readonly Leg[];
}

export type TimerAction = 'answer' | 'busy' | 'fail' | 'hang-up';

export type CallStatus = 'queued' | 'ringing' | 'dialing' | 'talking' | 'ended';

export interface Call {
  readonly id: string;
  readonly from: Party;
  readonly to: string;
  readonly data: CallData;
  /** Which side is an outside number; null between two of our agents. */
  readonly outside: 'caller' | 'called' | null;
  /** Set when the call came for the queue. */
  readonly queue: string | null;
  readonly status: CallStatus;
  readonly legs: readonly { readonly agent: string; readonly leg: string }[];
  /** What happens next by itself. */
  readonly timer: { readonly at: number; readonly action: TimerAction } | null;
  /** How long the outside party talks before hanging up, in ms; null: until someone ends the call. */
  readonly talkMs: number | null;
  /** Agents who turned the call down, and until when the queue passes them over. */
  readonly avoid: readonly { readonly agent: string; readonly until: number }[];
  /** Tones heard by the other side, the last 64. */
  readonly tones: { readonly byAgents: string; readonly byOutside: string };
  readonly placedAt: number;
  readonly endedAt: number | null;
  readonly endReason: string | null;
}

/** The whole switch. `idsMade` numbers the ids taken from the seeds of the inputs. */
export interface SwitchState {
  readonly queue: string;
  readonly agents: Readonly<Record<string, Agent>>;
  readonly calls: Readonly<Record<string, Call>>;
  readonly idsMade: number;
}
