import { COMMANDS, parseRequest } from '@cordboard/agent-protocol';
import { type Command, commandKind, COMMAND_TYPES } from '@cordboard/domain';
import { formatTarget, type JsonObject, type ObjectKind, type Target } from '@cordboard/kernel';
import { commandFromWire } from './command-from-wire.ts';
import { commandTypeOf, wireNameOf } from './command-names.ts';

const S = '0198f2c4-7a10-7abc-8def-0123456789ab';
const group: Target = { session: S, channelgroup: 'g' };
const TARGETS: Readonly<Record<ObjectKind, Target>> = {
  session: { session: S },
  channelgroup: group,
  channel: { ...group, channel: 'c' },
  interaction: { ...group, channel: 'c', interaction: 'i' },
  conversation: { ...group, channel: 'c', interaction: 'i', conversation: 'v' },
};

type Said = Command extends infer One ? (One extends Command ? Omit<One, 'target'> : never) : never;

/** Every command, with data as sent and what it becomes. */
const CASES: readonly (readonly [name: string, data: JsonObject, command: Said])[] = [
  ['session.request.start', {}, { type: 'StartSession' }],
  ['session.start', { extension: 1001 }, { type: 'StartSession', extension: '1001' }],
  ['session.request.logout', { ignored: 1 }, { type: 'LogOut' }],
  ['session.request.logout', { reason: 3 }, { type: 'LogOut', reason: '3' }],
  [
    'session.request.addchannel',
    { channel: { endpoint: '1001-desk', type: 'Telephony' } },
    { type: 'AddChannel', endpoint: '1001-desk', channelType: 'TELEPHONY' },
  ],
  ['session.request.removechannel', { channel: { id: 'c' } }, { type: 'RemoveChannel', id: 'c' }],
  [
    'session.request.addchannelgroup',
    { channelgroup: { name: 'PROJECT', chat: true } },
    { type: 'AddChannelGroup', name: 'PROJECT', chat: true, email: false, callback: false },
  ],
  [
    'session.request.removechannelgroup',
    { channelgroup: { id: 'g' } },
    { type: 'RemoveChannelGroup', id: 'g' },
  ],
  ['session.request.getdirectory', {}, { type: 'GetDirectory' }],
  ['session.request.externalnotreadyreasons', {}, { type: 'GetNotReadyReasons' }],
  ['session.request.externallogoutreasons', {}, { type: 'GetLogoutReasons' }],
  ['session.request.incontact.agentleg.connect', {}, { type: 'ConnectAgentLeg' }],
  ['session.request.incontact.agentleg.disconnect', {}, { type: 'DisconnectAgentLeg' }],
  ['session.request.incontact.addressbook', {}, { type: 'GetAddressBook', realtime: false }],
  ['session.request.incontact.addressbook.stop', {}, { type: 'StopAddressBook' }],
  ['channelgroup.request.activateall', {}, { type: 'ActivateAll', options: [] }],
  [
    'channelgroup.request.activateall',
    { channeloptions: [{ id: 'c', queue: '7000' }, { id: 'd' }] },
    { type: 'ActivateAll', options: [{ id: 'c', queue: '7000' }, { id: 'd' }] },
  ],
  ['channelgroup.request.deactivateall', {}, { type: 'DeactivateAll' }],
  ['channel.request.activate', {}, { type: 'ActivateChannel' }],
  [
    'channel.request.activate',
    { channeloptions: { queue: '7000' } },
    { type: 'ActivateChannel', queue: '7000' },
  ],
  [
    'channel.request.deactivate',
    { channelOptions: { queue: ['1', '2'], reason: 4 } },
    { type: 'DeactivateChannel', queue: '1,2', reason: '4' },
  ],
  ['channel.request.ready', {}, { type: 'MakeReady' }],
  ['channel.request.notready', { reasoncode: 'acw' }, { type: 'MakeNotReady', reasonCode: 'acw' }],
  [
    'channel.request.notready',
    { reasoncode: 3, reasondesc: 'Lunch' },
    { type: 'MakeNotReady', reasonCode: '3', reasonName: 'Lunch' },
  ],
  ['channel.request.dial', { destination: ' 5550100' }, { type: 'Dial', destination: '5550100' }],
  [
    'channel.request.dial',
    { destination: '5550100', extensions: { skillId: '7' } },
    { type: 'Dial', destination: '5550100', extensions: { skillId: '7' } },
  ],
  ['channel.request.externaldispositions', {}, { type: 'GetDispositions' }],
  ['channel.request.incontact.getscripts', {}, { type: 'GetScripts' }],
  ['interaction.request.accept', {}, { type: 'AcceptInteraction' }],
  ['interaction.request.reject', {}, { type: 'RejectInteraction' }],
  [
    'interaction.request.setinteractiondata',
    { key: 'order', value: { id: 7 } },
    { type: 'SetInteractionData', key: 'order', value: { id: '7' } },
  ],
  [
    'interaction.request.setdisposition',
    { disposition: 'Sold' },
    { type: 'SetDisposition', disposition: 'Sold' },
  ],
  ['interaction.request.complete', {}, { type: 'CompleteInteraction' }],
  ['interaction.request.consult', { destination: '1002' }, { type: 'Consult', destination: '1002' }],
  ['interaction.request.alternate', {}, { type: 'Alternate' }],
  ['interaction.request.consulttransfer', {}, { type: 'ConsultTransfer' }],
  ['interaction.request.consultconference', {}, { type: 'ConsultConference' }],
  [
    'interaction.request.incontact.signal',
    { p1: 'a', p2: '', p20: 7 },
    { type: 'SendSignal', parameters: { p1: 'a', p20: '7' } },
  ],
  ['conversation.request.answer', {}, { type: 'AnswerConversation' }],
  ['conversation.request.release', {}, { type: 'ReleaseConversation' }],
  ['conversation.request.hold', {}, { type: 'HoldConversation' }],
  ['conversation.request.retrieve', {}, { type: 'RetrieveConversation' }],
  ['conversation.request.mute', {}, { type: 'MuteConversation' }],
  ['conversation.request.unmute', {}, { type: 'UnmuteConversation' }],
  ['conversation.request.senddtmf', { digits: '12*#' }, { type: 'SendDtmf', digits: '12*#' }],
  [
    'conversation.request.blindtransfer',
    { destination: '1002' },
    { type: 'BlindTransfer', destination: '1002' },
  ],
  [
    'conversation.request.blindconference',
    { destination: '1002' },
    { type: 'BlindConference', destination: '1002' },
  ],
  [
    'conversation.request.removeparty',
    { number: '+12025550123' },
    { type: 'RemoveParty', number: '+12025550123' },
  ],
];

describe('a command from the wire', () => {
  it.each(CASES)('%s %j', (name, data, said) => {
    const target = TARGETS[commandKind(said.type)];
    const frame = { command: name, requestId: 'r1', target: formatTarget(target), data };
    const request = parseRequest(JSON.stringify(frame));
    if (!request.ok || request.value.kind !== 'session') throw new Error(`${name} was not read`);
    const command = commandFromWire(request.value);
    expect(command).toEqual({ ...said, target });
    expect(JSON.parse(JSON.stringify(command))).toEqual({ ...said, target });
    expect(wireNameOf(command.type)).toBe(request.value.canonical);
  });

  it('is every command of the catalogue and of the domain, each the other', () => {
    expect(new Set(CASES.map(([, , { type }]) => type))).toEqual(new Set(COMMAND_TYPES));
    expect(COMMANDS.map(({ name }) => commandTypeOf(name)).sort()).toEqual([...COMMAND_TYPES].sort());
    for (const { name, kind } of COMMANDS) {
      expect([wireNameOf(commandTypeOf(name)), commandKind(commandTypeOf(name))]).toEqual([name, kind]);
    }
  });
});
