import { type AdapterHandlers, type NativeAddress, type SessionOptions } from '@cordboard/adapter-sdk';
import { err, ok, type Result } from '@cordboard/kernel';
import {
  addressBooks,
  agentOf,
  directory,
  dispositions,
  logoutReasons,
  notReadyReasons,
  outboundSkills,
  passwordFits,
  scriptsFor,
  channelOf,
  TEAM,
} from '@cordboard/switch-sim';
import { type AddressBookFeed } from './address-book-feed.ts';
import { type CarryOut } from './carry-out.ts';
import { standAlone } from './reading-handlers.ts';
import { type SwitchDriver } from './switch-driver.ts';

/** What the simulated switch can do: everything that the bridge knows. */
const capabilities = {
  'channel-groups-supported': true,
  'standalone-channels-supported': true,
  'chat-supported': true,
  'email-supported': true,
  'callback-supported': true,
  'consult-supported': true,
  'blind-transfer-supported': true,
  'blind-conference-supported': true,
  'mute-supported': true,
  'dtmf-supported': true,
  'remove-party-supported': true,
  'interaction-data-supported': true,
  'channel-activation-supported': true,
  'logout-reason-required': false,
  'directory-supported': true,
  'notreadyreasons-supported': true,
  'logoutreasons-supported': true,
  'addressbook-supported': true,
  'dispositions-supported': true,
  'scripts-supported': true,
  'outboundskills-supported': true,
  'agentleg-supported': true,
  'signal-supported': true,
  'dial-extensions-supported': true,
  'queue-statistics-supported': true,
};

const groupsOf = (groups: Readonly<Record<string, unknown>>) =>
  [TEAM, ...Object.keys(groups).filter((id) => id !== TEAM)].map((id) => ({ id, name: id }));

/** Lists that the switch offers an agent to choose from. */
export const listHandlers = (driver: SwitchDriver, feed: AddressBookFeed) =>
  ({
    readDirectory: () => ok(directory(driver.state)),
    readNotReadyReasons: () => ok(notReadyReasons),
    readLogoutReasons: () => ok(logoutReasons),
    readDispositions: () => ok(dispositions),
    readScripts: ({ agent, channel }) => {
      const found = agentOf(driver.state, agent);
      return ok(scriptsFor((found && channelOf(found, channel)?.type) ?? ''));
    },
    readOutboundSkills: (_, destination) => ok(outboundSkills(destination)),
    readAddressBook: ({ agent }, realtime) => {
      const books = addressBooks(driver.state);
      if (realtime) feed.follow(agent, books);
      else feed.stop(agent);
      return ok(books);
    },
    stopAddressBook: ({ agent }) => {
      feed.stop(agent);
      return ok(undefined);
    },
  }) satisfies Partial<AdapterHandlers>;

/** Logging in and out, and what a session has beside its channels. */
export const sessionHandlers = (driver: SwitchDriver, carryOut: CarryOut) => {
  const openGroup = (agent: string, group: string, wishes: SessionOptions): Result<void, string> =>
    carryOut({
      kind: 'open-group',
      agent,
      group,
      chat: wishes.chat,
      email: wishes.email,
      callback: wishes.callback,
    });
  const tidyUp = ({ agent, group, channel, interaction }: NativeAddress): void => {
    if (interaction !== undefined) return;
    if (channel === undefined && group !== undefined) carryOut({ kind: 'close-group', agent, group });
    if (channel !== undefined && group === undefined) carryOut({ kind: 'remove-channel', agent, channel });
  };
  return {
    capabilities: () => capabilities,
    validateAgent: ({ id, password }) =>
      passwordFits(driver.state, id, password) ? ok(undefined) : err('agent id or password is wrong'),
    agentInfo: ({ id }) => {
      const agent = agentOf(driver.state, id);
      return agent === undefined ? err('unknown agent') : ok({ id, name: agent.name, extension: id });
    },
    createSession: ({ id, extension }) => {
      const loggedIn = carryOut({ kind: 'log-in', agent: id, extension });
      return loggedIn.ok ? ok({ nativeId: id }) : loggedIn;
    },
    readSession: ({ agent }, options) => {
      const opened = openGroup(agent, TEAM, options);
      const found = agentOf(driver.state, agent);
      if (!opened.ok || found === undefined) return opened.ok ? err('unknown agent') : opened;
      return ok({ groups: groupsOf(found.groups), channels: standAlone(found) });
    },
    addGroup: ({ agent, group }, options) => openGroup(agent, group, options),
    addChannel: ({ agent, channel }) => carryOut({ kind: 'add-channel', agent, channel }),
    setAgentLeg: ({ agent }, action) => carryOut({ kind: `${action}-leg`, agent }),
    logOut: ({ agent }) => carryOut({ kind: 'log-out', agent }),
    disposed: tidyUp,
  } satisfies Partial<AdapterHandlers>;
};
