import { type Table } from './lists/table.ts';

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
  /** When the agent last became ready without work, ms since the epoch; orders the queue's choice. */
  readonly idleSince: number;
}

/** A person who works at the extension that is their id. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  /** Level by skill, 1 to 10; 10 is best. */
  readonly skills: Readonly<Record<string, number>>;
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
      /** Until when the phone rings; null when it does not. */
      readonly until: number | null;
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
  /** When it came into the queue; kept while an agent is rung for it. */
  readonly since: number;
}

export interface Call {
  readonly id: string;
  /** Counts up from call to call. */
  readonly no: number;
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
  /** Counts up from contact to contact. */
  readonly no: number;
  readonly type: string;
  readonly from: Party;
  /** A queue or an agent. */
  readonly to: string;
  readonly data: CallData;
  readonly status: 'queued' | 'alerting' | 'started' | 'ended';
  readonly offered: { readonly agent: string; readonly work: string } | null;
  /** Until when it is shown to the agent; null when it is not, or was accepted. */
  readonly until: number | null;
  readonly avoid: readonly Avoided[];
  readonly placedAt: number;
  readonly endedAt: number | null;
  readonly endReason: string | null;
}

/** A number whose callers wait for somebody. Whom they are offered to: `queue.ts`. */
export interface Queue {
  readonly number: string;
  readonly name: string;
  /** What an agent must be able to do; null: nothing special. */
  readonly skill: string | null;
  /** Whether the better level comes before the longer idle time. */
  readonly bestFirst: boolean;
}

/** How long something may alert, in ms. */
export interface Patience {
  /** A call from a queue, until the next agent is asked. */
  readonly queueCallMs: number;
  /** A chat, an e-mail or a callback from a queue. */
  readonly queueContactMs: number;
  /** What is for one agent alone, until it ends. */
  readonly directMs: number;
}

/** A channel on which something could be offered, `load` pieces of work being open there. */
export interface Idle {
  readonly agent: string;
  readonly channel: string;
  readonly load: number;
  readonly since: number;
}

/** A call that waits in a queue. */
export interface WaitingCall {
  readonly call: string;
  readonly no: number;
  readonly queue: string;
  readonly since: number;
}

/** A contact that waits for somebody. */
export interface WaitingContact {
  readonly contact: string;
  readonly no: number;
  readonly to: string;
  readonly since: number;
}

/** What happens by itself to a call or a contact. */
export interface Due {
  readonly at: number;
  readonly no: number;
  readonly id: string;
}

/**
 * Sorted lists that save a search through everything; they follow from agents, calls and contacts, and are kept
 * where those are put (`lists/put.ts`, `lists/put-agent.ts`).
 */
interface Lists {
  readonly live: { readonly calls: number; readonly contacts: number };
  /** Ids of what ended and can still be read, the first to end first. */
  readonly ended: { readonly calls: readonly string[]; readonly contacts: readonly string[] };
  /** By type of channel: least to do first, then longest idle. */
  readonly idle: Readonly<Record<string, readonly Idle[]>>;
  /** Longest waiting first. */
  readonly calls: readonly WaitingCall[];
  readonly contacts: readonly WaitingContact[];
  /** Next first. */
  readonly due: readonly Due[];
  /** When agents who were passed over may be asked again, next first. */
  readonly askedAgain: readonly Due[];
}

/** The whole switch. `idsMade` numbers the ids taken from the seeds of the inputs. */
export interface SwitchState {
  readonly queues: readonly Queue[];
  readonly patience: Patience;
  readonly maxCalls: number;
  readonly agents: Table<Agent>;
  readonly calls: Table<Call>;
  readonly contacts: Table<Contact>;
  readonly lists: Lists;
  readonly idsMade: number;
}
