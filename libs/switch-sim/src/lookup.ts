import { deriveId, err, ok, type Result } from '@cordboard/kernel';
import { byText } from './lists/sorted.ts';
import { rowOf, rowsOf } from './lists/table.ts';
import {
  type Agent,
  type Call,
  type Channel,
  type Contact,
  type Leg,
  type Queue,
  type SwitchState,
  type Work,
} from './model.ts';
import { type OfLeg, type OfWork, type SwitchEvent } from './switch-event.ts';
import { type SwitchRejection } from './switch-input.ts';

export type Decision = Result<readonly SwitchEvent[], SwitchRejection>;

export const reject = (
  code: SwitchRejection['code'],
  message: string,
): { readonly ok: false; readonly error: SwitchRejection } => err({ code, message });

/** The id of the next thing that an input makes. */
export const newId = (state: SwitchState, seed: string): string => deriveId(seed, state.idsMade % 65_536);

const own = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const byNumber = (one: { readonly no: number }, other: { readonly no: number }): number => one.no - other.no;
const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
  one.id.length - other.id.length || byText(one.id, other.id);

export const agentOf = (state: SwitchState, id: string): Agent | undefined => rowOf(state.agents, id);
export const callOf = (state: SwitchState, id: string): Call | undefined => rowOf(state.calls, id);
export const contactOf = (state: SwitchState, id: string): Contact | undefined => rowOf(state.contacts, id);
export const queueOf = ({ queues }: SwitchState, number: string): Queue | undefined =>
  queues.find((queue) => queue.number === number);

/** All agents, by id. */
export const agentsOf = ({ agents }: SwitchState): readonly Agent[] => rowsOf(agents).toSorted(byId);
/** All calls, oldest first. */
export const callsOf = ({ calls }: SwitchState): readonly Call[] => rowsOf(calls).toSorted(byNumber);
/** All contacts, oldest first. */
export const contactsOf = ({ contacts }: SwitchState): readonly Contact[] =>
  rowsOf(contacts).toSorted(byNumber);

export const channelOf = (agent: Agent, endPoint: string): Channel | undefined =>
  own(agent.channels, endPoint);
export const workOf = (state: SwitchState, agent: string, work: string): Work | undefined =>
  agentOf(state, agent)?.works.find(({ id }) => id === work);

export const isLive = (leg: Leg | null): leg is Leg => leg !== null && leg.media !== 'RELEASED';
/** Whether a leg is connected to the others, on hold or not. */
export const isConnected = (leg: Leg | null): leg is Leg =>
  isLive(leg) && leg.media !== 'RINGING' && leg.media !== 'DIALING';

/** A leg and what it belongs to. */
export interface Line {
  readonly work: Work;
  readonly leg: Leg;
}

export const lineOf = (state: SwitchState, agent: string, leg: string): Line | undefined => {
  for (const work of agentOf(state, agent)?.works ?? []) {
    if (work.primary?.id === leg) return { work, leg: work.primary };
    if (work.consult?.id === leg) return { work, leg: work.consult };
  }
  return undefined;
};

/** How events name a piece of work. */
export const workRef = ({ agent, channel, id }: Work): OfWork => ({ agent, channel, work: id });
/** How events name a leg. */
export const legRef = ({ work, leg }: Line): OfLeg => ({ ...workRef(work), call: leg.call, leg: leg.id });

export const isOpen = (work: Work): boolean => work.state !== 'COMPLETED';
const isRunning = (work: Work): boolean => isOpen(work) && work.state !== 'ENDED';

/** What the agent has not completed yet. */
export const openWorks = (agent: Agent, channel?: string): readonly Work[] =>
  agent.works.filter((work) => isOpen(work) && (channel === undefined || work.channel === channel));

/** What still has a customer behind it. */
export const runningWorks = (agent: Agent, channel?: string): readonly Work[] =>
  openWorks(agent, channel).filter(isRunning);

/** The call that the agent has not completed yet, if any. */
export const openCallWork = (agent: Agent): Work | undefined =>
  openWorks(agent).find(({ type }) => type === 'TELEPHONY');

export const liveCalls = (state: SwitchState): readonly Call[] =>
  callsOf(state).filter(({ endedAt }) => endedAt === null);

export const findAgent = (state: SwitchState, id: string): Result<Agent, SwitchRejection> => {
  const agent = agentOf(state, id);
  if (agent === undefined) return reject('unknown', `there is no agent ${id}`);
  return ok(agent);
};

export const findLoggedIn = (state: SwitchState, id: string): Result<Agent, SwitchRejection> => {
  const found = findAgent(state, id);
  if (found.ok && !found.value.loggedIn) return reject('wrong-state', `agent ${id} is not logged in`);
  return found;
};

/** How well an agent can do something: 1 to 10, 0 for not at all. */
export const levelOf = ({ skills }: Agent, skill: string): number => own(skills, skill) ?? 0;

/** Whether this password opens this agent's phone. */
export const passwordFits = (state: SwitchState, agent: string, password: string): boolean =>
  agentOf(state, agent)?.password === password;
