import fc from 'fast-check';
import { type JsonObject } from '@cordboard/kernel';
import { type MessageName, messageRow, MESSAGES } from '../catalogue/messages.ts';
import { type CtiMessage } from '../message.ts';
import { ANSWERS, EVENTS, QUESTIONS } from './example-bodies.ts';
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
