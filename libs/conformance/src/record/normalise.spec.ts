import { type Exchange } from '../desk/stage.ts';
import { normalised } from './normalise.ts';

const S = '01a1ff2b-cf12-784d-b98e-f50db1d04994';

const exchange = (over: Partial<Exchange> = {}): Exchange => ({
  command: 'channel.request.ready',
  agent: '1004',
  request: { command: 'channel.request.ready', requestId: '1004-3-7', target: `${S}.ga.cb`, data: {} },
  frames: [
    {
      command: 'channel.request.ready',
      requestId: '1004-3-7',
      target: `${S}.ga.cb`,
      result: 'success',
      data: {},
    },
    {
      messageType: 'objectEvent',
      target: `${S}.ga.cb`,
      name: 'channel.infochanged',
      data: { name: '1004', afterCallWorkEndsAt: 1795283646437 },
      sequence: 41,
      previous: 40,
      at: '2026-11-21T17:33:54.075Z',
    },
  ],
  places: { session: S, group: `${S}.ga`, channel: `${S}.ga.cb` },
  ...over,
});

describe('normalised', () => {
  it('makes ids, agents, times and sequences plain', () => {
    expect(normalised(exchange())).toEqual([
      { command: 'channel.request.ready', requestId: 'r1', target: 's1.g1.c1', data: {} },
      { command: 'channel.request.ready', requestId: 'r1', target: 's1.g1.c1', result: 'success', data: {} },
      {
        messageType: 'objectEvent',
        target: 's1.g1.c1',
        name: 'channel.infochanged',
        data: { name: '1001', afterCallWorkEndsAt: 0 },
        sequence: 1,
        previous: null,
        at: '2026-01-01T09:00:00.000Z',
      },
    ]);
  });

  it('shows one entry of each type of an address book, whatever the agents do', () => {
    const entry = (name: string, state: string) => ({
      name,
      type: 'agent',
      destinations: [],
      properties: { state },
    });
    const entries = [entry('1001', 'LoggedOut'), entry('1002', 'Working')];
    const addressbooks = [{ name: 'House', groups: [], entries }];
    const command = 'session.request.incontact.addressbook';
    const frames = [{ command, requestId: 'x', target: S, result: 'success', data: { addressbooks } }];
    const [, answer] = normalised(exchange({ command, frames, places: { session: S } }));
    expect(answer?.['data']).toEqual({
      addressbooks: [{ name: 'House', groups: [], entries: [entry('1001', 'ready')] }],
    });
  });
});
