import { objectEventFrame } from '@cordboard/agent-protocol';
import { type BusMessage } from '@cordboard/bus';
import { readLiveEvent } from '../stream/live-event.ts';
import { readBindGrant, readRenewal } from './owner-answers.ts';

const session = '01890a5d-ac96-774b-bcce-b302099a8057';
const message = (event: string, body: string): BusMessage => ({
  subject: '',
  address: { kind: 'event', tenant: 'demo', target: { session }, event },
  body,
  headers: {},
});

describe('readLiveEvent', () => {
  it('tells object events from internal ones', () => {
    const text = '{"sequence":3,"previous":null,"data":{}}';
    expect(readLiveEvent(message('session.initialized', text))).toEqual({
      kind: 'object',
      frame: { sequence: 3, previous: null, text },
    });
    expect(readLiveEvent(message('internal_ClientBound', '{"data":{"client":"x"}}'))).toEqual({
      kind: 'internal',
      type: 'ClientBound',
      data: { client: 'x' },
    });
    expect(readLiveEvent(message('internal_ClientBound', '{"data":7}'))).toMatchObject({ data: {} });
  });
  const wire = { target: session, name: 'session.initialized', sequence: 7, at: Date.UTC(2026, 0, 1) };
  const inside = { sequence: 1, previous: 2, at: '2026-01-01T00:00:00.000Z' };
  it.each([
    objectEventFrame({ ...wire, previous: 3, data: {} }),
    objectEventFrame({ ...wire, previous: 3, data: { text: '"sequence":1,"previous":2,"at":"2026"}' } }),
    objectEventFrame({ ...wire, previous: 3, data: inside }),
    objectEventFrame({ ...wire, previous: 3, data: inside, context: { inside } }),
    objectEventFrame({ ...wire, previous: 3, data: {}, context: inside }),
  ])('finds the place of a frame among whatever it carries: %s', (text) => {
    expect(readLiveEvent(message('session.initialized', text))).toEqual({
      kind: 'object',
      frame: { sequence: 7, previous: 3, text },
    });
  });
  it('finds the place of a first frame', () => {
    const text = objectEventFrame({ ...wire, previous: null, data: {} });
    expect(readLiveEvent(message('session.initialized', text))).toMatchObject({
      frame: { sequence: 7, previous: null },
    });
  });
  it.each(['', '[]', '{}', '{"sequence":"1","previous":null}', '{"sequence":1}'])(
    'cannot read %j',
    (body) => {
      expect(readLiveEvent(message('session.initialized', body))).toBeNull();
    },
  );
  it('reads nothing but events', () => {
    const prepare = { ...message('x', '{"sequence":1,"previous":null}'), address: null };
    expect(readLiveEvent(prepare)).toBeNull();
  });
});

describe('answers of the owner', () => {
  it.each([
    ['{"result":"success","data":{"mode":"resumed","sequence":7}}', { mode: 'resumed', sequence: 7 }],
    ['{"result":"success","data":{"mode":"reset","sequence":0}}', { mode: 'reset', sequence: 0 }],
    ['{"result":"success","data":{}}', { mode: 'reset', sequence: 0 }],
    ['{"result":"failure","failure":{"code":"SESSION_BOUND"}}', null],
    ['nonsense', null],
  ])('to a bind: %s', (body, grant) => {
    expect(readBindGrant(body)).toEqual(grant);
  });
  it.each([
    ['{"bound":true,"sequence":9}', { kind: 'bound', sequence: 9 }],
    ['{"bound":true,"sequence":null}', { kind: 'bound', sequence: 0 }],
    ['{"bound":false,"sequence":9}', { kind: 'unbound' }],
    ['{"bound":false,"code":"SESSION_CLOSED"}', { kind: 'session-ended' }],
    ['{"bound":false,"code":"UNKNOWN_TARGET"}', { kind: 'session-ended' }],
    ['{"result":"failure","failure":{"code":"SERVICE_UNAVAILABLE"}}', { kind: 'unclear' }],
    ['[]', { kind: 'unclear' }],
  ])('to a renewal: %s', (body, renewal) => {
    expect(readRenewal(body)).toEqual(renewal);
  });
});
