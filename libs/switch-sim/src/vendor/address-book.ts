import { MAX_LISTED } from '../limits.ts';
import { agentOf, agentsOf, contactOf, levelOf, openWorks } from '../lookup.ts';
import { type Agent, type Queue, type SwitchState } from '../model.ts';
import { directory } from './directory.ts';

interface Entry {
  readonly name: string;
  readonly type: 'external' | 'agent' | 'skill';
  readonly destinations: readonly { readonly label: string; readonly value: string }[];
  readonly properties: Readonly<Record<string, string | number>>;
}

/** An address book, or a group in one. */
export interface AddressBook {
  readonly name: string;
  readonly groups: readonly AddressBook[];
  readonly entries: readonly Entry[];
}

const SECONDS_EACH = 30;
const MEDIA = ['TELEPHONY', 'CHAT', 'EMAIL', 'CALLBACK'] as const;

const book = (name: string, entries: readonly Entry[], groups: readonly AddressBook[] = []): AddressBook => ({
  name,
  groups,
  entries,
});

const stateOf = (agent: Agent): string => {
  if (!agent.loggedIn) return 'LoggedOut';
  if (openWorks(agent).length > 0) return 'Working';
  return Object.values(agent.channels).some(({ ready }) => ready) ? 'Available' : 'Unavailable';
};

const agentEntry = (agent: Agent): Entry => ({
  name: agent.name,
  type: 'agent',
  destinations: [{ label: 'Phone', value: agent.id }],
  properties: { state: stateOf(agent) },
});

const worksOn = (agent: Agent, medium: string): boolean =>
  Object.values(agent.channels).some(({ type, active }) => type === medium && active);

const waitingFor = (state: SwitchState, number: string, medium: string): number =>
  medium === 'TELEPHONY'
    ? state.lists.calls.filter(({ queue }) => queue === number).length
    : state.lists.contacts.filter(
        ({ contact, to }) => to === number && contactOf(state, contact)?.type === medium,
      ).length;

const has = (skill: string | null, agent: Agent | undefined): boolean =>
  agent !== undefined && (skill === null || levelOf(agent, skill) > 0);

/** A queue for one medium; `ewt` is the wait to be expected, in seconds. */
const skillEntry = (
  state: SwitchState,
  { number, name, skill }: Queue,
  medium: string,
  present: readonly Agent[],
): Entry => {
  const agents = present.filter((agent) => worksOn(agent, medium) && has(skill, agent));
  const idle = (state.lists.idle[medium] ?? []).filter(({ agent }) => has(skill, agentOf(state, agent)));
  const available = new Set(idle.map(({ agent }) => agent)).size;
  return {
    name,
    type: 'skill',
    destinations: [{ label: 'Queue', value: number }],
    properties: {
      mediaType: medium,
      numAvailable: available,
      numUnavailable: agents.length - available,
      ewt: String(waitingFor(state, number, medium) * SECONDS_EACH),
    },
  };
};

const externalEntries = (state: SwitchState): readonly Entry[] =>
  directory(state)
    .filter(({ type }) => type === 'external')
    .map(({ name, destination }) => ({
      name,
      type: 'external',
      destinations: [{ label: 'Phone', value: destination }],
      properties: {},
    }));

/** The address books as they are at this moment, with the state of agents and how queues are manned. */
export const addressBooks = (state: SwitchState): readonly AddressBook[] => {
  const everybody = agentsOf(state);
  const present = everybody.filter(({ loggedIn }) => loggedIn);
  const agents = everybody.slice(0, MAX_LISTED).map(agentEntry);
  const half = Math.ceil(agents.length / 2);
  const teams = [book('First team', agents.slice(0, half)), book('Second team', agents.slice(half))];
  const skills = MEDIA.map((medium) =>
    book(
      medium,
      state.queues.map((queue) => skillEntry(state, queue, medium, present)),
    ),
  );
  return [
    book('House', [], [book('Agents', [], teams), book('Skills', [], skills)]),
    book('Outside', externalEntries(state)),
  ];
};
