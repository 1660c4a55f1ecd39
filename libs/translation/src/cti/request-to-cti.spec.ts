import { checkBody, messageRow, parseCtiMessage } from '@cordboard/cti-protocol';
import { type SwitchRequest } from '@cordboard/domain';
import { type JsonObject, type Target, targetKind } from '@cordboard/kernel';
import { QUESTIONS, requestToCti } from './request-to-cti.ts';

const session: Target = { session: '0198f2c4-7a10-7abc-8def-0123456789ab' };
const group: Target = { ...session, channelgroup: 'g' };
const channel: Target = { ...group, channel: 'c' };
const interaction: Target = { ...channel, interaction: 'i' };
const conversation: Target = { ...interaction, conversation: 'v' };
const ids = { id: 'x', nativeId: 'n' };

const REQUESTS: readonly (readonly [SwitchRequest, name: string, body: JsonObject])[] = [
  [
    { type: 'CreateSession', target: session, agent: { id: '1001', extension: undefined } },
    'cti.request.createsession',
    { id: session.session, agent: { id: '1001' } },
  ],
  [
    { type: 'CreateSession', target: session, agent: { id: '1001', extension: '2' } },
    'cti.request.createsession',
    { id: session.session, agent: { id: '1001', extension: '2' } },
  ],
  [
    { type: 'ReadSession', target: session, name: 'default', chat: true, email: false, callback: false },
    'session.query.init',
    { name: 'default', chat: true, email: false, callback: false },
  ],
  [
    { type: 'RegisterChannelGroup', target: session, ...ids },
    'session.request.addchannelgroup',
    { id: 'x', nativeid: 'n' },
  ],
  [
    {
      type: 'RegisterChannelGroup',
      target: session,
      ...ids,
      wanted: { name: 'PROJECT', chat: true, email: false, callback: false },
    },
    'session.request.addchannelgroup',
    { id: 'x', nativeid: 'n', name: 'PROJECT', chat: true, email: false, callback: false },
  ],
  [{ type: 'ReadChannelGroup', target: group }, 'channelgroup.query.init', {}],
  [
    { type: 'RegisterChannel', target: group, ...ids, channelType: 'TELEPHONY' },
    'channelgroup.request.addchannel',
    { id: 'x', nativeid: 'n', type: 'TELEPHONY' },
  ],
  [
    { type: 'RegisterChannel', target: session, ...ids, channelType: 'CHAT' },
    'channelgroup.request.addchannel',
    { id: 'x', nativeid: 'n', type: 'CHAT' },
  ],
  [{ type: 'ReadChannel', target: channel }, 'channel.query.init', {}],
  [
    { type: 'RegisterInteraction', target: channel, ...ids },
    'channel.request.createinteraction',
    { id: 'x', nativeid: 'n' },
  ],
  [{ type: 'ReadInteraction', target: interaction }, 'interaction.query.init', {}],
  [
    { type: 'RegisterConversation', target: interaction, ...ids },
    'interaction.request.createconversation',
    { id: 'x', nativeid: 'n' },
  ],
  [{ type: 'ReadConversation', target: conversation }, 'conversation.query.init', {}],
  [{ type: 'ActivateChannel', target: channel, queue: undefined }, 'channel.request.activate', {}],
  [
    { type: 'ActivateChannel', target: channel, queue: '7000' },
    'channel.request.activate',
    { queue: '7000' },
  ],
  [
    { type: 'DeactivateChannel', target: channel, queue: '7000', reason: '1' },
    'channel.request.deactivate',
    { queue: '7000', reason: '1' },
  ],
  [{ type: 'MakeReady', target: channel }, 'channel.request.ready', {}],
  [
    { type: 'MakeNotReady', target: channel, reasonCode: 'acw', reasonName: undefined },
    'channel.request.notready',
    { reasoncode: 'acw' },
  ],
  [
    { type: 'MakeNotReady', target: channel, reasonCode: '3', reasonName: 'Lunch' },
    'channel.request.notready',
    { reasoncode: '3', reasondesc: 'Lunch' },
  ],
  [{ type: 'Dial', target: channel, destination: '5' }, 'channel.request.dial', { destination: '5' }],
  [
    { type: 'Dial', target: channel, destination: '5', extensions: { skillId: '7', more: [1] } },
    'channel.request.dial',
    { destination: '5', extensions: { skillId: '7', more: [1] } },
  ],
  [{ type: 'AcceptInteraction', target: interaction }, 'interaction.request.accept', {}],
  [{ type: 'RejectInteraction', target: interaction }, 'interaction.request.reject', {}],
  [{ type: 'CompleteInteraction', target: interaction }, 'interaction.request.complete', {}],
  [
    { type: 'SetInteractionData', target: interaction, key: 'k', value: { a: 'b' } },
    'interaction.request.setinteractiondata',
    { key: 'k', value: { a: 'b' } },
  ],
  [
    { type: 'SetDisposition', target: interaction, disposition: 'Sold' },
    'interaction.request.setdisposition',
    { disposition: 'Sold' },
  ],
  [
    { type: 'Consult', target: interaction, destination: '1002' },
    'interaction.request.consult',
    { destination: '1002' },
  ],
  [{ type: 'Alternate', target: interaction }, 'interaction.request.alternate', {}],
  [{ type: 'ConsultTransfer', target: interaction }, 'interaction.request.consulttransfer', {}],
  [{ type: 'ConsultConference', target: interaction }, 'interaction.request.consultconference', {}],
  [{ type: 'ReleaseConversation', target: conversation }, 'conversation.request.release', {}],
  [{ type: 'HoldConversation', target: conversation }, 'conversation.request.hold', {}],
  [{ type: 'RetrieveConversation', target: conversation }, 'conversation.request.retrieve', {}],
  [{ type: 'MuteConversation', target: conversation }, 'conversation.request.mute', {}],
  [{ type: 'UnmuteConversation', target: conversation }, 'conversation.request.unmute', {}],
  [
    { type: 'SendDtmf', target: conversation, digits: '1*#' },
    'conversation.request.senddtmf',
    { digits: '1*#' },
  ],
  [
    { type: 'BlindTransfer', target: conversation, destination: '5' },
    'conversation.request.transfer',
    { destination: '5' },
  ],
  [
    { type: 'BlindConference', target: conversation, destination: '5' },
    'conversation.request.conference',
    { destination: '5' },
  ],
  [
    { type: 'RemoveParty', target: conversation, number: '5' },
    'conversation.request.removeparty',
    { number: '5' },
  ],
  [{ type: 'ReadDirectory', target: session }, 'session.query.directory', {}],
  [{ type: 'ReadNotReadyReasons', target: session }, 'session.query.notreadyreasons', {}],
  [{ type: 'ReadLogoutReasons', target: session }, 'session.query.logoutreasons', {}],
  [
    { type: 'ReadAddressBook', target: session, realtime: true },
    'session.query.addressbook',
    { realtime: true },
  ],
  [
    { type: 'StopAddressBook', target: session },
    'session.query.addressbook',
    { realtime: false, stop: true },
  ],
  [{ type: 'ReadDispositions', target: channel }, 'channel.query.dispositions', {}],
  [{ type: 'ReadScripts', target: channel }, 'channel.query.scripts', {}],
  [
    { type: 'ReadOutboundSkills', target: channel, destination: '5' },
    'channel.query.outboundskills',
    { destination: '5' },
  ],
  [
    { type: 'SetAgentLeg', target: session, action: 'connect' },
    'session.request.agentleg',
    { action: 'connect' },
  ],
  [
    { type: 'SendSignal', target: interaction, parameters: { p1: 'a', p20: 'b' } },
    'interaction.request.signal',
    { p1: 'a', p20: 'b' },
  ],
  [{ type: 'DisposeConversation', target: conversation }, 'conversation.request.dispose', {}],
  [{ type: 'DisposeInteraction', target: interaction }, 'interaction.request.dispose', {}],
  [{ type: 'DisposeChannel', target: channel }, 'channel.request.dispose', {}],
  [{ type: 'RemoveChannel', target: group, id: 'c' }, 'channelgroup.request.removechannel', { id: 'c' }],
  [{ type: 'RemoveChannel', target: session, id: 'c' }, 'channelgroup.request.removechannel', { id: 'c' }],
  [{ type: 'DisposeChannelGroup', target: group }, 'channelgroup.request.dispose', {}],
  [
    { type: 'RemoveChannelGroup', target: session, id: 'g' },
    'session.request.removechannelgroup',
    { id: 'g' },
  ],
  [{ type: 'LogOutAgent', target: session, reason: undefined }, 'session.request.logout', {}],
  [{ type: 'LogOutAgent', target: session, reason: '3' }, 'session.request.logout', { reason: '3' }],
  [{ type: 'DisposeSession', target: session }, 'session.request.dispose', {}],
];

/** Channels outside groups are registered at the session (bridge A.5). */
const atSession = new Set(['channelgroup.request.addchannel', 'channelgroup.request.removechannel']);

describe('a request to the switch', () => {
  it.each(REQUESTS)('%j is %s %j', (request, name, body) => {
    const message = requestToCti(request, 'r1', 'sim');
    const control = request.type === 'CreateSession';
    expect(message.header).toEqual({
      type: messageRow(name)?.kind === 'query' ? 'cti.query' : 'cti.request',
      name,
      target: control ? 'sim.CONTROL' : Object.values(request.target).join('.'),
      requestId: 'r1',
    });
    expect(message.body).toEqual(body);
    if (!atSession.has(name)) {
      expect(messageRow(name)?.level).toBe(control ? 'control' : targetKind(request.target));
    }
  });

  it.each(REQUESTS)('%j is read back by an adapter', (request) => {
    const message = requestToCti(request, 'r1', 'sim');
    const read = parseCtiMessage(JSON.stringify(message));
    expect(read).toEqual({ ok: true, value: { message, repaired: false } });
    expect(checkBody(message).ok).toBe(true);
  });

  it('is each of them', () => {
    expect(new Set(REQUESTS.map(([{ type }]) => type))).toEqual(new Set(Object.keys(QUESTIONS)));
  });
});
