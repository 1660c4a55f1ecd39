import { err, type JsonObject, ok, type Result } from '@cordboard/kernel';
import { problemOf } from '@cordboard/validation';
import { type CommandName } from '../catalogue/commands.ts';
import { type ServiceCommandName } from '../catalogue/service-commands.ts';
import { readActivate, readDeactivate, readDial, readNotReady } from './channel-data.ts';
import { readActivateAll } from './channel-group-data.ts';
import { readRemoveParty, readSendDtmf } from './conversation-data.ts';
import {
  readDestination,
  readSetDisposition,
  readSetInteractionData,
  readSignal,
} from './interaction-data.ts';
import { readBindSession, readObserve, readPrepareSession, readRenewToken } from './service-data.ts';
import { readAddressBook, readLogout, readStartSession } from './session-data.ts';
import {
  readAddChannel,
  readAddChannelGroup,
  readRemoveChannel,
  readRemoveChannelGroup,
} from './session-objects-data.ts';

/** Commands whose `data` has a meaning; that of every other command is ignored. Each fills its class in. */
export const READERS = {
  'session.start': readStartSession,
  'session.request.logout': readLogout,
  'session.request.addchannel': readAddChannel,
  'session.request.removechannel': readRemoveChannel,
  'session.request.addchannelgroup': readAddChannelGroup,
  'session.request.removechannelgroup': readRemoveChannelGroup,
  'session.request.incontact.addressbook': readAddressBook,
  'channelgroup.request.activateall': readActivateAll,
  'channel.request.activate': readActivate,
  'channel.request.deactivate': readDeactivate,
  'channel.request.notready': readNotReady,
  'channel.request.dial': readDial,
  'interaction.request.setinteractiondata': readSetInteractionData,
  'interaction.request.setdisposition': readSetDisposition,
  'interaction.request.consult': readDestination,
  'interaction.request.incontact.signal': readSignal,
  'conversation.request.senddtmf': readSendDtmf,
  'conversation.request.blindtransfer': readDestination,
  'conversation.request.blindconference': readDestination,
  'conversation.request.removeparty': readRemoveParty,
  prepareSession: readPrepareSession,
  bindSession: readBindSession,
  observe: readObserve,
  renewToken: readRenewToken,
} as const satisfies Readonly<
  Partial<Record<CommandName | ServiceCommandName, (data: JsonObject) => object>>
>;

/** A command with data of its own. */
export type CommandWithData = keyof typeof READERS;

/** Checked data of a command: defaults filled in, alternative spellings and types brought to one form. */
export type CommandData<Name extends CommandWithData> = ReturnType<(typeof READERS)[Name]>;

export const hasData = (name: string): name is CommandWithData => Object.hasOwn(READERS, name);

/**
 * Reads the `data` of a command (agent protocol B, WebSocket profile). Unknown keys are ignored. The error is a
 * sentence that names the field: `data.destination must be ...`.
 */
export const readCommandData = <Name extends CommandWithData>(
  name: Name,
  data: JsonObject,
): Result<CommandData<Name>, string> => {
  const read: (data: JsonObject) => object = READERS[name];
  const values = read(data);
  const problem = problemOf(values, 'data.');
  return problem === null ? ok(values as CommandData<Name>) : err(problem);
};
