import { type JsonObject } from '@cordboard/kernel';
import { type CommandWithData, hasData, readCommandData } from './command-data.ts';

const read = (name: CommandWithData, data: JsonObject): unknown => {
  const result = readCommandData(name, data);
  return result.ok ? (JSON.parse(JSON.stringify(result.value)) as unknown) : result.error;
};

describe('command data', () => {
  it.each<[CommandWithData, JsonObject, unknown]>([
    ['session.start', {}, {}],
    ['session.start', { extension: 1001 }, { extension: '1001' }],
    ['session.start', { extension: '' }, {}],
    ['channel.request.activate', {}, {}],
    [
      'channel.request.activate',
      { channeloptions: { queue: '7000' } },
      { channelOptions: { queue: '7000' } },
    ],
    [
      'channel.request.activate',
      { channelOptions: { queue: ['1', '2'] } },
      { channelOptions: { queue: '1,2' } },
    ],
    ['channel.request.activate', { channeloptions: { queue: [] } }, { channelOptions: {} }],
    [
      'channel.request.deactivate',
      { channelOptions: { reason: 3, other: 1 } },
      { channelOptions: { reason: '3' } },
    ],
    ['channel.request.notready', { reasoncode: ' acw ' }, { reasoncode: 'acw' }],
    [
      'channel.request.notready',
      { reasoncode: 4, reasondesc: 'Lunch' },
      { reasoncode: '4', reasondesc: 'Lunch' },
    ],
    ['channel.request.dial', { destination: ' 5550100 ', extensions: null }, { destination: '5550100' }],
    [
      'channel.request.dial',
      { destination: 5550100, extensions: { skillId: '7' } },
      { destination: '5550100', extensions: { skillId: '7' } },
    ],
    ['session.request.logout', {}, {}],
    ['session.request.logout', { reason: 3 }, { reason: '3' }],
    [
      'session.request.addchannel',
      { channel: { endpoint: 1001, type: ' Telephony ' } },
      { channel: { endpoint: '1001', type: 'TELEPHONY' } },
    ],
    [
      'session.request.addchannel',
      { channel: { endpoint: 'e', type: 'sms' } },
      { channel: { endpoint: 'e', type: 'SMS' } },
    ],
    ['session.request.removechannel', { channel: { id: 1001 } }, { channel: { id: '1001' } }],
    [
      'session.request.addchannelgroup',
      { channelgroup: { name: 'TEAM', chat: true, email: null } },
      { channelgroup: { name: 'TEAM', chat: true, email: false, callback: false } },
    ],
    ['session.request.removechannelgroup', { channel: { id: 'g' } }, { channel: { id: 'g' } }],
    ['session.request.removechannelgroup', { channelgroup: { id: 'g' } }, { channel: { id: 'g' } }],
    ['session.request.incontact.addressbook', {}, { realtime: false }],
    ['session.request.incontact.addressbook', { realtime: true }, { realtime: true }],
    ['channelgroup.request.activateall', {}, {}],
    [
      'channelgroup.request.activateall',
      { channeloptions: [{ id: 'a', queue: 7000 }, { id: 2 }] },
      { channelOptions: [{ id: 'a', queue: '7000' }, { id: '2' }] },
    ],
    ['channelgroup.request.activateall', { channelOptions: [] }, { channelOptions: [] }],
    ['interaction.request.setinteractiondata', { key: ' k ', value: '' }, { key: 'k', value: '' }],
    ['interaction.request.setinteractiondata', { key: 'k', value: 1.5 }, { key: 'k', value: '1.5' }],
    ['interaction.request.setinteractiondata', { key: 'k', value: false }, { key: 'k', value: 'false' }],
    [
      'interaction.request.setinteractiondata',
      { key: 'k', value: { a: 'two\nlines', b: 2 } },
      { key: 'k', value: { a: 'two\nlines', b: '2' } },
    ],
    ['interaction.request.setdisposition', { disposition: ' Sold ' }, { disposition: 'Sold' }],
    ['interaction.request.consult', { destination: '1002' }, { destination: '1002' }],
    [
      'interaction.request.incontact.signal',
      { p1: 'a', p2: '', p20: 7, p21: 'no', other: 'no' },
      { p1: 'a', p20: '7' },
    ],
    ['conversation.request.senddtmf', { digits: '12*#' }, { digits: '12*#' }],
    ['conversation.request.senddtmf', { digits: 12 }, { digits: '12' }],
    ['conversation.request.blindtransfer', { destination: ' 1002 ' }, { destination: '1002' }],
    ['conversation.request.removeparty', { number: '+12025550123' }, { number: '+12025550123' }],
    [
      'prepareSession',
      { agent: { id: '1001' } },
      { model: '', override: false, processor: '', agent: { id: '1001', password: '' } },
    ],
    ['bindSession', { client: 't' }, { client: 't', takeover: false }],
  ])('%s reads %j as %j', (name, data, values) => {
    expect(read(name, data)).toEqual(values);
  });

  it.each<[CommandWithData, JsonObject, RegExp]>([
    ['session.request.addchannel', {}, /^data\.channel must/],
    ['session.request.addchannel', { channel: { type: 'Chat' } }, /^data\.channel\.endpoint must/],
    [
      'session.request.addchannelgroup',
      { channelgroup: { name: 'g', chat: 1 } },
      /^data\.channelgroup\.chat/,
    ],
    ['session.request.removechannelgroup', { channel: { id: 'a.b' } }, /^data\.channel\.id must/],
    ['session.request.incontact.addressbook', { realtime: 'yes' }, /^data\.realtime must/],
    ['channelgroup.request.activateall', { channeloptions: { queue: '1' } }, /^data\.channelOptions must/],
    [
      'channelgroup.request.activateall',
      { channeloptions: [{ queue: '1' }] },
      /^data\.channelOptions\.0\.id/,
    ],
    ['channelgroup.request.activateall', { channeloptions: ['1'] }, /^data\.channelOptions/],
    [
      'channelgroup.request.activateall',
      { channeloptions: Array.from({ length: 20_000 }, () => ({ id: 'c' })) },
      /^data\.channelOptions must contain no more than 256/,
    ],
    ['channel.request.dial', { destination: '1', extensions: { a: 'x'.repeat(8_192) } }, /^data\.extensions/],
    ['interaction.request.setinteractiondata', { key: 'k' }, /^data\.value must/],
    ['interaction.request.setinteractiondata', { key: 'k', value: [] }, /^data\.value must/],
    ['interaction.request.setinteractiondata', { key: 'k', value: { a: {} } }, /^data\.value must/],
    ['interaction.request.setinteractiondata', { key: 'k', value: { a: null } }, /^data\.value must/],
    ['interaction.request.setinteractiondata', { key: 'k', value: { '': 'a' } }, /^data\.value must/],
    ['interaction.request.setinteractiondata', { key: 'k', value: 'x'.repeat(4_097) }, /^data\.value must/],
    ['interaction.request.setdisposition', { disposition: ' ' }, /^data\.disposition must/],
    ['interaction.request.incontact.signal', { p3: 'x'.repeat(1_025) }, /^data\.p3 must/],
    ['conversation.request.senddtmf', { digits: '1A' }, /^data\.digits must/],
    ['conversation.request.senddtmf', { digits: '1'.repeat(65) }, /^data\.digits must/],
    ['conversation.request.senddtmf', { digits: '1\n' }, /^data\.digits must/],
    ['conversation.request.removeparty', { number: '' }, /^data\.number must/],
  ])('%s refuses %j', (name, data, said) => {
    expect(read(name, data)).toMatch(said);
  });

  it('names the field of a nested object', () => {
    expect(read('channel.request.deactivate', { channelOptions: { reason: true } })).toBe(
      'data.channelOptions.reason must be text of 0 to 64 characters on one line',
    );
  });

  it('is not moved by keys that reach into the prototype', () => {
    const hostile = JSON.parse('{"__proto__":{"destination":"1"},"constructor":1}') as JsonObject;
    expect(read('channel.request.dial', hostile)).toMatch(/data\.destination/);
  });

  it('knows which commands have any', () => {
    expect(hasData('channel.request.dial')).toBe(true);
    expect(hasData('channel.request.ready')).toBe(false);
    expect(hasData('toString')).toBe(false);
  });
});
