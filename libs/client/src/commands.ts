import { type CommandName, type Response } from '@cordboard/agent-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { type DataOf, type ResponseOf } from './protocol/command-data.ts';

/** Sends one command to one object and gives its response. */
export type Ask = (command: string, target: string, data?: JsonObject) => Promise<Response>;

/** The method of each command of the agent protocol (B1 to B6). */
export const METHODS = {
  start: 'session.start',
  /** Answered when the whole logout is over. */
  logout: 'session.request.logout',
  addChannel: 'session.request.addchannel',
  removeChannel: 'session.request.removechannel',
  addChannelGroup: 'session.request.addchannelgroup',
  removeChannelGroup: 'session.request.removechannelgroup',
  getDirectory: 'session.request.getdirectory',
  /** The list comes as `session.externalnotreadyreasons.updated`. */
  askNotReadyReasons: 'session.request.externalnotreadyreasons',
  /** The list comes as `session.externallogoutreasons.updated`. */
  askLogoutReasons: 'session.request.externallogoutreasons',
  /** What becomes of it comes as `session.incontact.agentleg.connected` or `failed`. */
  connectAgentLeg: 'session.request.incontact.agentleg.connect',
  disconnectAgentLeg: 'session.request.incontact.agentleg.disconnect',
  getAddressBook: 'session.request.incontact.addressbook',
  stopAddressBook: 'session.request.incontact.addressbook.stop',
  activateAll: 'channelgroup.request.activateall',
  deactivateAll: 'channelgroup.request.deactivateall',
  activate: 'channel.request.activate',
  deactivate: 'channel.request.deactivate',
  ready: 'channel.request.ready',
  notReady: 'channel.request.notready',
  /** The response may be a question (`needinfo`); nothing was dialled then. */
  dial: 'channel.request.dial',
  /** The list comes as `channel.externaldispositions.updated`. */
  askDispositions: 'channel.request.externaldispositions',
  getScripts: 'channel.request.incontact.getscripts',
  accept: 'interaction.request.accept',
  reject: 'interaction.request.reject',
  setData: 'interaction.request.setinteractiondata',
  setDisposition: 'interaction.request.setdisposition',
  complete: 'interaction.request.complete',
  consult: 'interaction.request.consult',
  alternate: 'interaction.request.alternate',
  consultTransfer: 'interaction.request.consulttransfer',
  consultConference: 'interaction.request.consultconference',
  signal: 'interaction.request.incontact.signal',
  answer: 'conversation.request.answer',
  release: 'conversation.request.release',
  hold: 'conversation.request.hold',
  retrieve: 'conversation.request.retrieve',
  mute: 'conversation.request.mute',
  unmute: 'conversation.request.unmute',
  sendDtmf: 'conversation.request.senddtmf',
  blindTransfer: 'conversation.request.blindtransfer',
  blindConference: 'conversation.request.blindconference',
  removeParty: 'conversation.request.removeparty',
} as const satisfies Readonly<Record<string, CommandName>>;

/** `data` may be left out where nothing in it is required. */
type Method<Name extends CommandName> =
  Record<never, never> extends DataOf<Name>
    ? (target: string, data?: DataOf<Name>) => Promise<ResponseOf<Name>>
    : (target: string, data: DataOf<Name>) => Promise<ResponseOf<Name>>;

/**
 * The commands of a session. `target` is the dotted path of the object, as in `SessionObject.path`, or the id of
 * the session; `data` is that of the agent protocol. Failures are responses; nothing rejects.
 */
export type Commands = { readonly [Name in keyof typeof METHODS]: Method<(typeof METHODS)[Name]> };

export const createCommands = (ask: Ask): Commands => {
  const method =
    (command: CommandName) =>
    (target: string, data: object = {}) =>
      ask(command, target, { ...data });
  const methods = Object.entries(METHODS).map(([name, command]) => [name, method(command)]);
  return Object.fromEntries(methods) as Commands;
};
