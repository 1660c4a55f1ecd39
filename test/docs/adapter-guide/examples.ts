import { type MessageName } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';

/** What a message carries, and what its answer does; nothing stands for an empty body. */
interface Example {
  readonly body?: JsonObject;
  readonly answer?: JsonObject;
}

const LABELS = [{ language: 'en', country: 'US', name: 'Lunch', description: '' }];
const CHOICE = { id: 'lunch', code: 'lunch', labels: LABELS };
const BOOK = {
  addressbooks: [
    {
      name: 'House',
      groups: [],
      entries: [
        {
          name: 'Reception',
          type: 'external',
          destinations: [{ label: 'Desk', value: '100' }],
          properties: {},
        },
      ],
    },
  ],
};
const REGISTRATION = { id: 'I', nativeid: 'c1' };
const NATIVE = { nativeid: 'c1' };
const DESTINATION = { destination: '102' };
const REASON = { reason: 'The number is not in service.' };
const DATA = { 'interaction-data': { ANI: '+12025550123' } };

/** An example of every message that carries something; each is checked against the catalogue. */
export const EXAMPLES: Readonly<Partial<Record<MessageName, Example>>> = {
  'cti.query.capabilities': { answer: { 'consult-supported': false } },
  'cti.query.validateagent': { body: { id: '101', password: '1234' } },
  'cti.query.agentinfo': {
    body: { id: '101' },
    answer: { agent: { id: '101', name: 'Phone 101', extension: '101' } },
  },
  'cti.request.serverstatus': { body: { status: 'STOPPING' } },
  'cti.request.createsession': {
    body: { id: 'S', agent: { id: '101', extension: '101' } },
    answer: { nativeid: '101' },
  },
  'cti.status': { body: { status: 'STOPPED', reason: 'the link is down' } },
  'cti.queues': { body: { queues: [{ id: 'sales', name: 'Sales', waiting: 2, longestWaitMs: 8_000 }] } },

  'session.query.init': {
    body: { name: '', chat: false, email: false, callback: false },
    answer: { 'channel-groups': [{ id: 'TEAM', name: 'Team' }], channels: [] },
  },
  'session.query.directory': { answer: { entries: [{ name: 'Reception', destination: '100' }] } },
  'session.query.notreadyreasons': { answer: { reasons: [{ ...CHOICE, selectable: true }] } },
  'session.query.logoutreasons': { answer: { reasons: [CHOICE] } },
  'session.query.addressbook': { body: { realtime: true }, answer: BOOK },
  'session.request.addchannelgroup': { body: { id: 'G', nativeid: 'TEAM' } },
  'session.request.removechannelgroup': { body: { id: 'G' } },
  'session.request.logout': { body: { reason: 'shift' } },
  'session.request.agentleg': { body: { action: 'connect' } },
  'session.ended': { body: { reason: 'logged out at the phone' } },
  'session.addressbook': { body: BOOK },
  'session.agentleg': { body: { state: 'connected' } },

  'channelgroup.query.init': { answer: { channels: [{ 'end-point': '101', type: 'TELEPHONY' }] } },
  'channelgroup.request.addchannel': { body: { id: 'C', nativeid: '101', type: 'TELEPHONY' } },
  'channelgroup.request.removechannel': { body: { id: 'C' } },
  'channelgroup.channel': { body: { nativeid: '101-chat', type: 'CHAT' } },

  'channel.query.init': {
    answer: {
      'channel-state': 'ACTIVE',
      'agent-state': { status: 'not_ready', 'reason-code': 'lunch' },
      interactions: [{ id: 'c1' }],
    },
  },
  'channel.query.dispositions': { answer: { dispositions: [CHOICE] } },
  'channel.query.scripts': { answer: { scripts: [{ id: 'greeting', name: 'Greeting' }] } },
  'channel.query.outboundskills': {
    body: DESTINATION,
    answer: { skills: [{ id: 'sales', name: 'Sales' }] },
  },
  'channel.request.activate': { body: { queue: 'sales' } },
  'channel.request.deactivate': { body: { reason: 'shift' } },
  'channel.request.notready': { body: { reasoncode: 'lunch', reasondesc: 'Lunch' } },
  'channel.request.dial': { body: DESTINATION },
  'channel.request.createinteraction': { body: REGISTRATION },
  'channel.ready': { body: { busy: false } },
  'channel.notready': { body: { reasoncode: 'lunch', reasondesc: 'Lunch', busy: false } },
  'channel.interaction': { body: NATIVE },

  'interaction.query.init': {
    answer: { 'interaction-state': 'ALERTING', ...DATA, conversations: { primary: { id: 'c1' } } },
  },
  'interaction.query.data': { body: { key: 'ANI' }, answer: DATA },
  'interaction.request.setinteractiondata': { body: { key: 'account', value: 'AC-1' } },
  'interaction.request.setdisposition': { body: { disposition: 'sold' } },
  'interaction.request.createconversation': { body: { id: 'V', nativeid: 'c1' } },
  'interaction.request.consult': { body: DESTINATION, answer: { nativeid: 'c2' } },
  'interaction.request.signal': { body: { p1: 'next' } },
  'interaction.datachanged': { body: { 'interaction-data': { account: 'AC-1' } } },
  'interaction.consult': { body: { nativeid: 'c2' } },

  'conversation.query.init': {
    answer: {
      'conversation-state': 'RINGING',
      parties: [{ number: '+12025550123', name: 'Example Caller' }],
    },
  },
  'conversation.request.removeparty': { body: { number: '102' } },
  'conversation.request.transfer': { body: DESTINATION },
  'conversation.request.conference': { body: DESTINATION },
  'conversation.request.senddtmf': { body: { digits: '12#' } },
  'conversation.failed': { body: REASON },
  'conversation.partyadded': { body: { number: '+12025550123', name: 'Example Caller' } },
  'conversation.partyremoved': { body: { number: '102' } },
  'conversation.transfer.failed': { body: REASON },
  'conversation.conference.failed': { body: REASON },
};
