import fc from 'fast-check';
import { type JsonObject } from '@cordboard/kernel';
import { type MessageName, messageRow, MESSAGES } from '../catalogue/messages.ts';
import { type CtiMessage } from '../message.ts';
import { checkBody } from './read-body.ts';

const say = (name: MessageName, body: JsonObject): CtiMessage => ({
  header: {
    type: `cti.${messageRow(name)?.kind ?? 'event'}`,
    name,
    target: 't',
    requestId: 'r1',
  },
  body,
});
const answer = (name: MessageName, body: JsonObject): CtiMessage => ({
  header: { type: 'cti.response', name, target: 't', requestId: 'r1', result: 'SUCCESS' },
  body,
});
const problem = (message: CtiMessage): string | null => {
  const checked = checkBody(message);
  return checked.ok ? null : checked.error;
};

/** A body that fits every message with properties. */
const QUESTIONS: readonly (readonly [MessageName, JsonObject])[] = [
  ['cti.query.capabilities', {}],
  ['cti.query.validateagent', { id: '1001', password: 'x' }],
  ['cti.query.agentinfo', { id: '1001' }],
  ['cti.request.status', {}],
  ['cti.request.serverstatus', { status: 'STOPPING', reason: 'Upgrade' }],
  ['cti.request.createsession', { id: 's', agent: { id: '1001', extension: '1001' } }],
  ['session.query.init', { name: '', chat: false, email: false, callback: false }],
  [
    'session.request.addchannelgroup',
    { id: 'g', nativeid: 'n', name: 'x', chat: true, email: true, callback: true },
  ],
  ['session.request.removechannelgroup', { id: 'g' }],
  ['session.request.logout', { reason: '3' }],
  ['session.query.directory', {}],
  ['session.query.notreadyreasons', {}],
  ['session.query.logoutreasons', {}],
  ['session.query.addressbook', { realtime: true, stop: false }],
  ['session.request.agentleg', { action: 'connect' }],
  ['channelgroup.request.addchannel', { id: 'c', nativeid: '1001', type: 'TELEPHONY' }],
  ['channelgroup.request.removechannel', { id: 'c' }],
  ['channel.request.activate', { queue: '7000' }],
  ['channel.request.deactivate', { queue: '7000', reason: '1' }],
  ['channel.request.notready', { reasoncode: 'acw', reasondesc: '' }],
  ['channel.request.dial', { destination: '5550100' }],
  ['channel.request.dial', { destination: '5550100', extensions: { skillId: '4' } }],
  ['channel.query.dispositions', {}],
  ['channel.query.scripts', {}],
  ['channel.query.outboundskills', { destination: '5550105' }],
  ['channel.request.createinteraction', { id: 'i', nativeid: 'n' }],
  ['interaction.query.data', { key: 'ANI' }],
  ['interaction.request.setinteractiondata', { key: 'a', value: { b: 'c' } }],
  ['interaction.request.setdisposition', { disposition: 'sold' }],
  ['interaction.request.createconversation', { id: 'v', nativeid: 'n' }],
  ['interaction.request.consult', { destination: '2001' }],
  ['interaction.request.signal', { p1: 'a', p20: '' }],
  ['conversation.request.removeparty', { number: '2001' }],
  ['conversation.request.transfer', { destination: '3000' }],
  ['conversation.request.conference', { destination: '3000' }],
  ['conversation.request.senddtmf', { digits: '0123456789*#' }],
];

const EVENTS: readonly (readonly [MessageName, JsonObject])[] = [
  ['cti.status', { status: 'STARTED', instance: 'sim-1', incarnation: 'x', sessions: 0 }],
  ['cti.queues', { queues: [{ id: '7000', name: 'Sales', waiting: 2, longestWaitMs: 4_000 }] }],
  ['session.ended', {}],
  ['session.addressbook', { addressbooks: [{ name: 'Company', groups: [], entries: [] }] }],
  ['session.agentleg', { state: 'failed', error: 'Busy' }],
  ['channelgroup.channel', { nativeid: 'n', type: 'CHAT' }],
  ['channel.activated', {}],
  ['channel.ready', { busy: true }],
  ['channel.notready', { reasoncode: 'acw', reasondesc: 'After call', busy: false }],
  ['channel.interaction', { nativeid: 'n' }],
  ['interaction.datachanged', { 'interaction-data': { a: null, b: 'c', d: { e: 'f' } } }],
  ['interaction.consult', { nativeid: 'n' }],
  ['conversation.ringing', {}],
  ['conversation.failed', { reason: 'Two\nlines' }],
  ['conversation.partyadded', { number: '2001', name: '' }],
  ['conversation.partyremoved', { number: '2001' }],
  ['conversation.transfer.failed', { reason: '' }],
  ['conversation.conference.failed', { reason: 'x' }],
];

const ANSWERS: readonly (readonly [MessageName, JsonObject])[] = [
  ['cti.query.capabilities', { 'channel-groups-supported': true, other: 1 }],
  ['cti.query.agentinfo', { agent: { id: '1001', name: 'A', properties: { team: 'x' } } }],
  ['cti.request.createsession', {}],
  ['session.query.init', { 'channel-groups': [{ id: 'g', name: null }], channels: [] }],
  [
    'session.query.init',
    { 'channel-groups': [], channels: [{ 'end-point': '1001-desk', type: 'Telephony' }] },
  ],
  ['session.query.directory', { entries: [{ name: 'Help desk', destination: '7000' }] }],
  [
    'session.query.notreadyreasons',
    {
      reasons: [
        {
          id: '1',
          code: 'lunch',
          selectable: true,
          extensions: [{ paid: false }],
          labels: [{ language: 'en', country: 'US', name: 'Lunch', description: '' }],
        },
      ],
    },
  ],
  ['session.query.logoutreasons', { reasons: [{ id: '1', code: 'shift-end' }] }],
  ['session.query.addressbook', {}],
  ['channel.query.dispositions', { dispositions: [{ id: '1', code: 'sold', labels: [] }] }],
  ['channel.query.scripts', { scripts: [{ id: '1', name: 'Greeting' }] }],
  ['channel.query.outboundskills', { skills: [] }],
  ['interaction.request.consult', {}],
  ['channelgroup.query.init', { channels: [{ 'end-point': '1001', type: 'TELEPHONY' }] }],
  ['channel.query.init', { 'channel-state': 'INACTIVE' }],
  [
    'channel.query.init',
    { 'channel-state': 'ACTIVE', 'agent-state': { status: 'ready' }, interactions: [{ id: 'n' }] },
  ],
  ['interaction.query.init', { 'interaction-state': 'ENDED' }],
  ['interaction.query.init', { 'interaction-state': 'STARTED', conversations: { primary: { id: 'n' } } }],
  ['interaction.query.data', { 'interaction-data': {} }],
  ['interaction.request.consult', { nativeid: 'n' }],
  ['conversation.query.init', { 'conversation-state': 'MUTE' }],
  ['conversation.query.init', { 'conversation-state': 'TALKING', parties: [{ number: '1' }] }],
  ['channel.request.ready', { anything: 'is ignored' }],
];

describe('a body that fits', () => {
  it.each(QUESTIONS)('question %s %j', (name, body) => expect(problem(say(name, body))).toBeNull());
  it.each(EVENTS)('event %s %j', (name, body) => expect(problem(say(name, body))).toBeNull());
  it.each(ANSWERS)('answer to %s %j', (name, body) => expect(problem(answer(name, body))).toBeNull());

  it('of a failed answer is not looked at', () => {
    const { header, body } = answer('session.query.init', {});
    expect(problem({ header: { ...header, result: 'FAILURE' }, body })).toBeNull();
  });
});

/** The properties that each message cannot do without. */
const REQUIRED: Readonly<Partial<Record<MessageName, readonly string[]>>> = {
  'cti.query.validateagent': ['id', 'password'],
  'cti.query.agentinfo': ['id'],
  'cti.request.serverstatus': ['status'],
  'cti.request.createsession': ['id', 'agent'],
  'session.query.init': ['chat', 'email', 'callback'],
  'session.request.addchannelgroup': ['id', 'nativeid'],
  'session.request.removechannelgroup': ['id'],
  'session.request.agentleg': ['action'],
  'channelgroup.request.addchannel': ['id', 'nativeid', 'type'],
  'channelgroup.request.removechannel': ['id'],
  'channel.request.notready': ['reasoncode'],
  'channel.request.dial': ['destination'],
  'channel.query.outboundskills': ['destination'],
  'channel.request.createinteraction': ['id', 'nativeid'],
  'interaction.request.setinteractiondata': ['key', 'value'],
  'interaction.request.setdisposition': ['disposition'],
  'interaction.request.createconversation': ['id', 'nativeid'],
  'interaction.request.consult': ['destination'],
  'conversation.request.removeparty': ['number'],
  'conversation.request.transfer': ['destination'],
  'conversation.request.conference': ['destination'],
  'conversation.request.senddtmf': ['digits'],
  'cti.status': ['status'],
  'cti.queues': ['queues'],
  'session.addressbook': ['addressbooks'],
  'session.agentleg': ['state'],
  'channelgroup.channel': ['nativeid', 'type'],
  'channel.interaction': ['nativeid'],
  'interaction.datachanged': ['interaction-data'],
  'interaction.consult': ['nativeid'],
  'conversation.failed': ['reason'],
  'conversation.partyadded': ['number'],
  'conversation.partyremoved': ['number'],
  'conversation.transfer.failed': ['reason'],
  'conversation.conference.failed': ['reason'],
};

describe('a body that does not fit', () => {
  it.each([...QUESTIONS, ...EVENTS])('%s misses one of its properties', (name, body) => {
    const missed = Object.keys(body).filter(
      (key) => problem(say(name, { ...body, [key]: undefined })) !== null,
    );
    expect(missed).toEqual(REQUIRED[name] ?? []);
    for (const key of missed) expect(problem(say(name, { ...body, [key]: null }))).toContain(`body.${key}`);
  });

  it.each([...QUESTIONS, ...EVENTS])('%s has an object where text is due', (name, body) => {
    for (const key of Object.keys(body).filter((one) => typeof body[one] === 'string' && one !== 'value')) {
      expect(problem(say(name, { ...body, [key]: {} }))).toContain(`body.${key}`);
    }
  });

  it.each<[string, CtiMessage, RegExp]>([
    [
      'a nested property',
      answer('session.query.init', { 'channel-groups': [{ id: 'g' }, {}] }),
      /channel-groups\.1\.id/,
    ],
    [
      'an array of arrays',
      answer('conversation.query.init', { 'conversation-state': 'HELD', parties: [[]] }),
      /parties/,
    ],
    ['null in an array', answer('channelgroup.query.init', { channels: [null] }), /channels/],
    [
      'an unknown state',
      answer('conversation.query.init', { 'conversation-state': 'ASLEEP' }),
      /conversation-state/,
    ],
    [
      'a consult that is text',
      answer('interaction.query.init', { 'interaction-state': 'STARTED', conversations: { consult: 'n' } }),
      /consult/,
    ],
    ['tones that are none', say('conversation.request.senddtmf', { digits: '12a' }), /digits/],
    ['an id too long', say('channel.interaction', { nativeid: 'x'.repeat(129) }), /nativeid/],
    ['data that is an array', say('interaction.datachanged', { 'interaction-data': [] }), /interaction-data/],
    [
      'data that nests too deep',
      say('interaction.request.setinteractiondata', { key: 'a', value: { b: { c: 'd' } } }),
      /value/,
    ],
    ['a parameter too long', say('interaction.request.signal', { p7: 'x'.repeat(1_025) }), /p7/],
    [
      'extensions too large',
      say('channel.request.dial', { destination: '1', extensions: { a: 'x'.repeat(8_192) } }),
      /extensions/,
    ],
    [
      'a count below zero',
      say('cti.queues', { queues: [{ id: '7000', waiting: -1, longestWaitMs: 0 }] }),
      /queues\.0\.waiting/,
    ],
    ['an unknown action', say('session.request.agentleg', { action: 'mute' }), /action/],
    [
      'an empty code',
      answer('session.query.logoutreasons', { reasons: [{ id: '1', code: '' }] }),
      /reasons\.0\.code/,
    ],
    ['a message nobody knows', say('conversation.sung' as MessageName, {}), /no message conversation\.sung/],
    ['an answer to an event', answer('conversation.held', {}), /is an event/],
    [
      'a question sent as an event',
      {
        header: { type: 'cti.event', name: 'channel.request.dial', target: 't' },
        body: { destination: '1' },
      },
      /is a request/,
    ],
  ])('%s', (_what, message, points) => expect(problem(message)).toMatch(points));

  it('never raises', () => {
    const names = fc.constantFrom(...MESSAGES.map(({ name }) => name));
    fc.assert(
      fc.property(names, fc.dictionary(fc.string(), fc.jsonValue()), fc.boolean(), (name, body, answered) => {
        const told = problem(answered ? answer(name, body) : say(name, body));
        expect(told === null || told.length > 0).toBe(true);
      }),
    );
  });
});
