import { newChannel } from '../agents/new-channel.ts';
import { MAX_LIVE_CALLS, MAX_LIVE_CONTACTS } from '../limits.ts';
import { emptyTable, tableOf } from '../lists/table.ts';
import { type Agent, type Patience, type Queue, type SwitchState } from '../model.ts';

/** Someone who can log in; the id is the extension too. */
export type RosterEntry = Pick<Agent, 'id' | 'name' | 'password' | 'skills'>;

/** What a switch is made of. */
export interface House {
  readonly roster: readonly RosterEntry[];
  readonly queues: readonly Queue[];
  readonly patience: Patience;
  /** Calls alive at once. */
  readonly maxCalls: number;
}

/** The skill that queue 7002 asks for. */
const SPANISH = 'spanish';

/** Who speaks Spanish, by the last digit of the agent's id, and how well. */
const SPANISH_LEVEL: Readonly<Record<string, number>> = { '1': 3, '2': 9, '3': 6 };

const demoAgent = (id: string): RosterEntry => {
  const level = SPANISH_LEVEL[id.slice(-1)];
  const skills: RosterEntry['skills'] = level === undefined ? {} : { [SPANISH]: level };
  return { id, name: `Agent ${id}`, password: 'demo', skills };
};

/** 7000 and 7001 for everybody, 7002 for those who speak Spanish, the best of them first. */
export const demoQueues: readonly Queue[] = [
  { number: '7000', name: 'Queue 7000', skill: null, bestFirst: false },
  { number: '7001', name: 'Queue 7001', skill: null, bestFirst: false },
  { number: '7002', name: 'Queue 7002', skill: SPANISH, bestFirst: true },
];

/** So many agents, password `demo`: 1001, 1002 and so on, without the numbers of queues. */
export const demoRoster = (count = 10): readonly RosterEntry[] =>
  Array.from({ length: count + demoQueues.length }, (_, index) => String(1001 + index))
    .filter((id) => demoQueues.every(({ number }) => number !== id))
    .slice(0, count)
    .map(demoAgent);

const demoPatience: Patience = { queueCallMs: 20_000, queueContactMs: 60_000, directMs: 60_000 };

const absent = (entry: RosterEntry): Agent => ({
  ...entry,
  loggedIn: false,
  channels: { [entry.id]: newChannel(entry.id, 'TELEPHONY') },
  groups: { TEAM: [entry.id] },
  works: [],
  agentLeg: 'disconnected',
});

/** What goes on in a switch where nobody is logged in and nobody calls. */
export const nothingGoesOn = (maxCalls: number): Pick<SwitchState, 'calls' | 'contacts' | 'lists'> => ({
  calls: emptyTable(maxCalls),
  contacts: emptyTable(MAX_LIVE_CONTACTS),
  lists: {
    live: { calls: 0, contacts: 0 },
    ended: { calls: [], contacts: [] },
    idle: {},
    calls: [],
    contacts: [],
    due: [],
    askedAgain: [],
  },
});

/** A switch where nobody is logged in and nobody calls; what is not given is as in the demonstration. */
export const initialSwitch = ({
  roster = demoRoster(),
  queues = demoQueues,
  patience = demoPatience,
  maxCalls = MAX_LIVE_CALLS,
}: Partial<House> = {}): SwitchState => ({
  queues,
  patience,
  maxCalls,
  agents: tableOf(roster.map(absent)),
  ...nothingGoesOn(maxCalls),
  idsMade: 0,
});
