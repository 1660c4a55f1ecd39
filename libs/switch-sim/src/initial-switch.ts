import { type Agent, type SwitchState } from './model.ts';

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
  active: false,
  ready: false,
  reasonCode: '',
  reasonName: '',
  idleSince: 0,
  legs: [],
});

/** A switch where nobody is logged in and nobody calls. `queue` is the number that callers of the queue dial. */
export const initialSwitch = (roster: readonly RosterEntry[] = demoRoster, queue = '7000'): SwitchState => ({
  queue,
  agents: Object.fromEntries(roster.map((entry) => [entry.id, absent(entry)])),
  calls: {},
  idsMade: 0,
});
