import { COMMANDS } from './catalogue/commands.ts';
import { CLOSE_CODES } from './close-codes.ts';
import { FAILURE_ADVICE } from './failure-advice.ts';
import { FAILURE_CODES } from './failure-code.ts';
import { objectEventFrame, storedEventFrame } from './object-event.ts';
import { parseRequest } from './parse-request.ts';
import { type ParsedRequest } from './parsed-request.ts';
import { confirmResponse, failureResponse, needInfoResponse, successResponse } from './responses.ts';
import { omitSecrets } from './secrets.ts';

const S = '0198f2c4-7a10-7abc-8def-0123456789ab';
const PATHS = {
  session: S,
  channelgroup: `${S}.g`,
  channel: `${S}.c`,
  interaction: `${S}.c.i`,
  conversation: `${S}.c.i.v`,
};

const parsed = (frame: object): ParsedRequest => {
  const request = parseRequest(JSON.stringify({ requestId: 'r1', ...frame }));
  if (!request.ok) throw new Error(request.error.failure.message);
  return request.value;
};

describe('a success', () => {
  const data = {
    ...{
      destination: '1',
      reasoncode: 'acw',
      key: 'k',
      value: 'v',
      disposition: 'd',
      digits: '1',
      number: '1',
    },
    channel: { id: 'c', endpoint: 'e', type: 'Chat' },
    channelgroup: { name: 'g' },
    more: [1],
  };

  it.each(COMMANDS)(
    'of $name carries the data that the catalogue says: $success',
    ({ name, kind, success }) => {
      const answer = successResponse(parsed({ command: name, target: PATHS[kind], data }));
      const carried = { none: {}, echo: { data }, empty: { data: {} }, own: { data: {} } }[success];
      expect(answer).toEqual({
        command: name,
        requestId: 'r1',
        target: PATHS[kind],
        result: 'success',
        ...carried,
      });
    },
  );

  it('carries data of its own where some is given', () => {
    const request = parsed({ command: 'prepareSession', data: { agent: { id: '1', password: 'p' } } });
    expect(successResponse(request, { session: { id: S } })).toEqual({
      command: 'prepareSession',
      requestId: 'r1',
      result: 'success',
      data: { session: { id: S } },
    });
  });
});

describe('a failure', () => {
  it.each(FAILURE_CODES)('%s says what to do', (code) => {
    const request = parsed({ command: 'channel.ready', target: `${S}.c` });
    expect(FAILURE_ADVICE[code]).toMatch(/^[A-Z].*\.$/);
    expect(failureResponse(request, { code })).toEqual({
      command: 'channel.ready',
      requestId: 'r1',
      target: `${S}.c`,
      result: 'failure',
      failure: { code, message: FAILURE_ADVICE[code] },
      original: { requestId: 'r1', command: 'channel.ready', target: `${S}.c` },
    });
  });

  it('may say more', () => {
    const failure = { code: 'CTI_ERROR', message: 'Line 3 is broken.', context: 'trunk 3' } as const;
    expect(failureResponse({ command: 'x', original: null }, failure).failure).toEqual(failure);
  });
});

it('a confirmation asks, and knows the session', () => {
  const request = parsed({ command: 'prepareSession', data: { agent: { id: '1', password: 'p' } } });
  expect(confirmResponse(request, 'End it?', { session: { id: S } })).toEqual({
    command: 'prepareSession',
    requestId: 'r1',
    result: 'confirm',
    message: 'End it?',
    data: { session: { id: S } },
    original: { requestId: 'r1', command: 'prepareSession', data: { agent: { id: '1' } } },
  });
});

it('a question names itself and repeats the request', () => {
  const request = parsed({ command: 'channel.dial', target: `${S}.c`, data: { destination: '1' } });
  const question = { id: 'inContact.outboundskill', skills: [{ id: '7', skillName: 'Sales' }] };
  expect(needInfoResponse(request, question)).toEqual({
    command: 'channel.dial',
    requestId: 'r1',
    target: `${S}.c`,
    result: 'needinfo',
    uiExtension: question,
    original: {
      requestId: 'r1',
      command: 'channel.dial',
      target: `${S}.c`,
      data: { destination: '1' },
    },
  });
});

it('secrets are taken out at any depth and nothing else', () => {
  const request = {
    command: 'x',
    password: 1,
    data: { token: 'a.b.c', agents: [{ id: '1', password: 'p' }], inner: { token: 'kept' } },
  };
  expect(omitSecrets(request)).toEqual({
    command: 'x',
    data: { agents: [{ id: '1' }], inner: { token: 'kept' } },
  });
  expect(omitSecrets({ command: 'x', data: 'text' })).toEqual({ command: 'x', data: 'text' });
});

it('an object event carries its cursor and its time', () => {
  const event = { target: S, name: 'session.initialized', data: {}, sequence: 7, previous: null, at: 0 };
  expect(JSON.parse(objectEventFrame(event))).toEqual({
    messageType: 'objectEvent',
    ...event,
    at: '1970-01-01T00:00:00.000Z',
  });
  const context = { session: { id: S } };
  expect(JSON.parse(objectEventFrame({ ...event, context }))).toMatchObject({ context });
  const stored = { ...event, previous: 6, target: '"', data: '{"a": [1, null]}' };
  expect(storedEventFrame(stored)).toBe(
    `{"messageType":"objectEvent","target":"\\"","name":"session.initialized","data":{"a": [1, null]},"sequence":7,"previous":6,"at":"1970-01-01T00:00:00.000Z"}`,
  );
});

it('close codes are of the private range, each once', () => {
  const codes = Object.values(CLOSE_CODES).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const { code, reason } of Object.values(CLOSE_CODES)) {
    expect(code).toBeGreaterThanOrEqual(4000);
    expect(code).toBeLessThan(5000);
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123);
  }
});
