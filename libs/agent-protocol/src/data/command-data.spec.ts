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
      'prepareSession',
      { agent: { id: '1001' } },
      { model: '', override: false, processor: '', agent: { id: '1001', password: '' } },
    ],
    ['bindSession', { client: 't' }, { client: 't', takeover: false }],
  ])('%s reads %j as %j', (name, data, values) => {
    expect(read(name, data)).toEqual(values);
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
