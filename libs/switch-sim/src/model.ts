/** Someone on a call, known by number; an agent's number is the extension. */
export interface Party {
  readonly number: string;
  readonly name?: string | undefined;
}

/** Attached data: key to text, or key to an object of texts. */
export type CallData = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export type LegMedia = 'RINGING' | 'DIALING' | 'TALKING' | 'HELD' | 'MUTE' | 'RELEASED';

/** An agent's connection to one call. */
export interface Leg {
  readonly id: string;
  readonly call: string;
  readonly direction: 'inbound' | 'outbound';
  readonly media: LegMedia;
  /** The others on the call, as this agent knows them. */
  readonly parties: readonly Party[];
}

export type WorkState = 'ALERTING' | 'DIALING' | 'STARTED' | 'ENDED' | 'COMPLETED';

/**
 * What an agent handles on one channel: a call with up to two legs, or a contact without any. It outlives the
 * call: it stays ENDED until the agent completes it; what came in and was never accepted is COMPLETED by itself.
 */
export interface Work {
  /** For a call the id of its first leg. */
  readonly id: string;
  readonly agent: string;
  readonly channel: string;
  readonly type: string;
  readonly direction: 'inbound' | 'outbound';
  readonly state: WorkState;
  readonly accepted: boolean;
  readonly data: CallData;
  readonly disposition: string | null;
  /** Whether a script runs and takes signals. */
  readonly script: boolean;
  /** The chat, e-mail or callback; null for a call. */
  readonly contact: string | null;
  readonly primary: Leg | null;
  readonly consult: Leg | null;
  /** The leg that talked last. */
  readonly active: 'primary' | 'consult';
}

/** One way to reach an agent; the end-point is its id. */
export interface Channel {
  readonly endPoint: string;
  /** TELEPHONY, CHAT, EMAIL, CALLBACK, or a type that nobody here handles. */
  readonly type: string;
  readonly active: boolean;
  readonly ready: boolean;
  /** Another agent has it. */
  readonly taken: boolean;
  readonly reasonCode: string;
  readonly reasonName: string;
  /** Since when the agent waits here, ms since the epoch; orders the queue's choice. */
  readonly idleSince: number;
}

/** A person who works at the extension that is their id. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  readonly loggedIn: boolean;
  readonly channels: Readonly<Record<string, Channel>>;
  /** End-points by group; a channel in none stands alone. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Newest last; completed ones are kept a while for late questions. */
  readonly works: readonly Work[];
  /** The standing line to the agent's ear. */
  readonly agentLeg: 'connected' | 'disconnected';
}

/** Why somebody not yet on the call is being reached; `by` is the leg that asked for it. */
export interface Invitation {
  readonly to: 'call' | 'conference' | 'transfer';
  readonly by: { readonly agent: string; readonly leg: string } | null;
}

/** An agent who turned something down, and until when the queue passes the agent over. */
export interface Avoided {
  readonly agent: string;
  readonly until: number;
}

export type PlanAction = 'ring' | 'answer' | 'busy' | 'fail' | 'hang-up';
export interface PlanStep {
  readonly action: PlanAction;
  /** After the step before, in ms. */
  readonly afterMs: number;
}

/** Somebody who is on a call (`invited` is null) or is being reached for it. */
export type Member =
  | (Party & {
      readonly kind: 'agent';
      readonly invited: Invitation | null;
      readonly work: string;
      readonly leg: string;
      /** The place in a queue that the agent was found for. */
      readonly queue: QueuePlace | null;
    })
  | (Party & {
      readonly kind: 'outside';
      readonly invited: Invitation | null;
      /** What this party does next by itself; the first step is due at `dueAt`. */
      readonly plan: readonly PlanStep[];
      readonly dueAt: number | null;
    })
  | QueuePlace;

/** A queue that looks for an agent; `number` is the queue's. */
export interface QueuePlace extends Party {
  readonly kind: 'queue';
  readonly invited: Invitation;
  readonly avoid: readonly Avoided[];
}

export interface Call {
  readonly id: string;
  readonly from: Party;
  readonly to: string;
  readonly data: CallData;
  /** Nobody is on a call twice: numbers are unique. */
  readonly members: readonly Member[];
  /** When those left without any agent hang up. */
  readonly aloneUntil: number | null;
  /** Tones heard by the other side, the last 64. */
  readonly tones: { readonly byAgents: string; readonly byOutside: string };
  readonly placedAt: number;
  readonly endedAt: number | null;
  readonly endReason: string | null;
}

/** A chat, an e-mail or a wish to be called back. */
export interface Contact {
  readonly id: string;
  readonly type: string;
  readonly from: Party;
  /** A queue or an agent. */
  readonly to: string;
  readonly data: CallData;
  readonly status: 'queued' | 'alerting' | 'started' | 'ended';
  readonly offered: { readonly agent: string; readonly work: string } | null;
  readonly avoid: readonly Avoided[];
  readonly placedAt: number;
  readonly endedAt: number | null;
  readonly endReason: string | null;
}

/** The whole switch; calls and contacts come oldest first. `idsMade` numbers the ids taken from the seeds of the inputs. */
export interface SwitchState {
  readonly queues: readonly string[];
  readonly agents: Readonly<Record<string, Agent>>;
  readonly calls: readonly Call[];
  readonly contacts: readonly Contact[];
  readonly idsMade: number;
}
