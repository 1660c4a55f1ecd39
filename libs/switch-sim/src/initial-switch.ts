import { type Agent, type SwitchState } from './model.ts';
import { newChannel } from './agents/new-channel.ts';

/** Someone who can log in; the id is the extension too. */
export interface RosterEntry {
  readonly id: string;
  readonly name: string;
  readonly password: string;
}

/** The demonstration's ten agents, 1001 to 1010, password `demo`. */
export const demoRoster: readonly RosterEntry[] = Array.from({ length: 10 }, (_, index) => {
  const id = String(1001 + index);
  return { id, name: `Agent ${id}`, password: 'demo' };
});

const absent = (entry: RosterEntry): Agent => ({
  ...entry,
  loggedIn: false,
  channels: { [entry.id]: newChannel(entry.id, 'TELEPHONY') },
  groups: { TEAM: [entry.id] },
  works: [],
  agentLeg: 'disconnected',
});

/** A switch where nobody is logged in and nobody calls. `queues` are the numbers that callers of a queue dial. */
export const initialSwitch = (
  roster: readonly RosterEntry[] = demoRoster,
  queues: readonly string[] = ['7000', '7001'],
): SwitchState => ({
  queues,
  agents: Object.fromEntries(roster.map((entry) => [entry.id, absent(entry)])),
  calls: [],
  contacts: [],
  idsMade: 0,
});
