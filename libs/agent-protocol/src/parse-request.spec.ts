import fc from 'fast-check';
import { type ObjectKind } from '@cordboard/kernel';
import { COMMANDS } from './catalogue/commands.ts';
import { type FailureCode } from './failure-code.ts';
import { parseRequest } from './parse-request.ts';

const S = '0198f2c4-7a10-7abc-8def-0123456789ab';
const request = (over: object): string =>
  JSON.stringify({ command: 'session.start', requestId: 'r1', target: S, data: {}, ...over });
const dial = (data: unknown): string =>
  request({ command: 'channel.request.dial', target: `${S}.g.c`, data });
const notReady = (data: unknown): string => request({ command: 'channel.notready', target: `${S}.c`, data });
const prepare = (data: object): string =>
  request({
    command: 'prepareSession',
    target: undefined,
    data: { agent: { id: '1001', password: 'p' }, ...data },
  });
const bind = (data: object): string => request({ command: 'bindSession', data: { client: 'tab1', ...data } });
const observe = (targets: unknown): string => request({ command: 'observe', data: { targets } });
const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });

const failureOf = (text: string): { code: string; message: string } | null => {
  const parsed = parseRequest(text);
  return parsed.ok ? null : parsed.error.failure;
};

/** What is wrong, what is said about it, and a word of the message that points at it. */
const BAD: readonly (readonly [what: string, text: string, code: FailureCode, points: RegExp])[] = [
  ['no JSON', '{"command":', 'MALFORMED_REQUEST', /JSON/],
  ['an array', '[]', 'MALFORMED_REQUEST', /object/],
  ['a scalar', '"session.start"', 'MALFORMED_REQUEST', /object/],
  ['null', 'null', 'MALFORMED_REQUEST', /object/],
  ['too deep', request({ data: nested(16) }), 'MALFORMED_REQUEST', /16 levels/],
  ['far too deep', `{"data":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 'MALFORMED_REQUEST', /16 levels/],
  ['U+0000 in a value', request({ data: { extension: 'a\u0000' } }), 'INVALID_DATA', /U\+0000/],
  ['a lone surrogate in a key', request({ data: { '\ud800': 1 } }), 'INVALID_DATA', /surrogate/],
  [
    'a number that no number holds',
    request({ data: { any: '#' } }).replace('"#"', '1e400'),
    'INVALID_DATA',
    /number/,
  ],
  ['no command', request({ command: undefined }), 'MALFORMED_REQUEST', /command/],
  ['a blank command', request({ command: '  ' }), 'MALFORMED_REQUEST', /command/],
  ['a command that is no text', request({ command: 7 }), 'MALFORMED_REQUEST', /command/],
  ['an unknown command', request({ command: 'session.begin' }), 'UNKNOWN_COMMAND', /command/],
  ['no requestId where none is made', request({ requestId: undefined }), 'MALFORMED_REQUEST', /requestId/],
  ['a requestId that is no id', request({ requestId: 'a b' }), 'MALFORMED_REQUEST', /requestId/],
  ['a requestId too long', request({ requestId: 'x'.repeat(65) }), 'MALFORMED_REQUEST', /requestId/],
  ['a requestId that is a number', request({ requestId: 5 }), 'MALFORMED_REQUEST', /requestId/],
  ['no target', request({ target: undefined }), 'MALFORMED_REQUEST', /target/],
  ['an empty target', request({ target: '' }), 'MALFORMED_REQUEST', /target/],
  ['a target that is no text', request({ target: [S] }), 'MALFORMED_REQUEST', /target/],
  ['a target too long', request({ target: `${S}.x` }), 'INVALID_TARGET', /session/],
  ['an empty segment', request({ target: `${S}.` }), 'INVALID_TARGET', /session/],
  ['a session that is no UUIDv7', request({ target: 's1' }), 'INVALID_TARGET', /session/],
  ['a session in upper case', request({ target: S.toUpperCase() }), 'INVALID_TARGET', /session/],
  ['a wildcard', request({ command: 'channel.ready', target: `${S}.*` }), 'INVALID_TARGET', /channel/],
  [
    'a bind without target',
    request({ command: 'bindSession', target: undefined }),
    'MALFORMED_REQUEST',
    /target/,
  ],
  ['data that is an array', request({ data: [] }), 'INVALID_DATA', /data/],
  ['data that is text', request({ data: 'x' }), 'INVALID_DATA', /data/],
  [
    'an extension too long',
    request({ data: { extension: '1'.repeat(65) } }),
    'INVALID_DATA',
    /data\.extension/,
  ],
  ['no destination', dial({}), 'INVALID_DATA', /data\.destination/],
  ['a blank destination', dial({ destination: '  ' }), 'INVALID_DATA', /data\.destination/],
  ['a destination too long', dial({ destination: '1'.repeat(129) }), 'INVALID_DATA', /data\.destination/],
  ['a destination of two lines', dial({ destination: '1\n2' }), 'INVALID_DATA', /data\.destination/],
  ['a destination that is no text', dial({ destination: { n: 1 } }), 'INVALID_DATA', /data\.destination/],
  [
    'extensions that are no object',
    dial({ destination: '1', extensions: [] }),
    'INVALID_DATA',
    /data\.extensions/,
  ],
  ['no reason code', notReady({}), 'INVALID_DATA', /data\.reasoncode/],
  ['an empty reason code', notReady({ reasoncode: '' }), 'INVALID_DATA', /data\.reasoncode/],
  [
    'a reason that is no text',
    notReady({ reasoncode: '1', reasondesc: {} }),
    'INVALID_DATA',
    /data\.reasondesc/,
  ],
  [
    'options that are an array',
    request({ command: 'channel.activate', target: `${S}.c`, data: { channeloptions: [] } }),
    'INVALID_DATA',
    /data\.channelOptions/,
  ],
  [
    'queues that are numbers in objects',
    request({ command: 'channel.deactivate', target: `${S}.c`, data: { channelOptions: { queue: [{}] } } }),
    'INVALID_DATA',
    /data\.channelOptions\.queue/,
  ],
  ['no agent', prepare({ agent: undefined }), 'INVALID_DATA', /data\.agent/],
  ['an agent that is text', prepare({ agent: '1001' }), 'INVALID_DATA', /data\.agent/],
  ['an agent without id', prepare({ agent: { password: 'p' } }), 'INVALID_DATA', /data\.agent\.id/],
  [
    'a password that is no text',
    prepare({ agent: { id: '1', password: 1 } }),
    'INVALID_DATA',
    /data\.agent\.password/,
  ],
  ['an override that is no boolean', prepare({ override: 'yes' }), 'INVALID_DATA', /data\.override/],
  ['a processor that is no id', prepare({ processor: 'a.b' }), 'INVALID_DATA', /data\.processor/],
  ['no client', bind({ client: undefined }), 'INVALID_DATA', /data\.client/],
  ['a cursor that is a fraction', bind({ afterSequence: 1.5 }), 'INVALID_DATA', /data\.afterSequence/],
  ['a cursor below zero', bind({ afterSequence: -1 }), 'INVALID_DATA', /data\.afterSequence/],
  ['a cursor beyond all sequences', bind({ afterSequence: 2 ** 40 }), 'INVALID_DATA', /data\.afterSequence/],
  ['a takeover that is no boolean', bind({ takeover: 1 }), 'INVALID_DATA', /data\.takeover/],
  ['no patterns', observe([]), 'INVALID_DATA', /data\.targets/],
  ['patterns that are text', observe('*.*.*._._'), 'INVALID_DATA', /data\.targets/],
  ['too many patterns', observe(Array(5).fill('*.*.*._._')), 'INVALID_DATA', /data\.targets/],
  ['a pattern for everything', observe(['>']), 'INVALID_DATA', /data\.targets/],
  ['no token', request({ command: 'renewToken' }), 'INVALID_DATA', /data\.token/],
  [
    'a token that is none',
    request({ command: 'renewToken', data: { token: 'x' } }),
    'INVALID_DATA',
    /data\.token/,
  ],
];

describe('a request that cannot be taken', () => {
  it.each(BAD)('%s', (_what, text, code, points) => {
    const failure = failureOf(text);
    expect(failure?.code).toBe(code);
    expect(failure?.message).toMatch(points);
  });

  it('is answered with what could be read of it', () => {
    const parsed = parseRequest(request({ command: ' channel.dial ', target: `${S}.c`, data: {} }));
    expect(parsed).toMatchObject({
      ok: false,
      error: {
        command: 'channel.dial',
        requestId: 'r1',
        target: `${S}.c`,
        result: 'failure',
        original: { command: ' channel.dial ', requestId: 'r1', target: `${S}.c`, data: {} },
      },
    });
    expect(parseRequest('nonsense')).toMatchObject({ ok: false, error: { command: '', original: null } });
  });

  it('gets no secret back', () => {
    const texts = [
      prepare({ override: 'yes' }),
      request({ command: 'renewToken', data: { token: 'se cret' } }),
    ];
    for (const text of texts) expect(JSON.stringify(parseRequest(text))).not.toMatch(/"p"|se cret/);
  });
});

describe('a request that is well formed', () => {
  it('keeps the spelling received and knows the newest name', () => {
    const text = request({ command: ' session.request.start ', context: 1, data: undefined });
    expect(parseRequest(text)).toEqual({
      ok: true,
      value: {
        kind: 'session',
        canonical: 'session.start',
        command: 'session.request.start',
        requestId: 'r1',
        path: S,
        target: { session: S },
        data: {},
        values: { extension: undefined },
        original: { command: ' session.request.start ', requestId: 'r1', target: S, context: 1 },
        text,
      },
    });
  });

  it('gets a requestId where the client left it out', () => {
    const parsed = parseRequest(request({ requestId: undefined }), () => 'made');
    expect(parsed.ok && parsed.value.requestId).toBe('made');
  });

  it('may be one of the service, without a target', () => {
    const parsed = parseRequest(prepare({}));
    expect(parsed).toMatchObject({ ok: true, value: { kind: 'service', canonical: 'prepareSession' } });
    expect(parsed.ok && parsed.value.original).toMatchObject({ data: { agent: { id: '1001' } } });
    expect(parsed.ok && JSON.stringify(parsed.value.original)).not.toContain('password');
  });

  it.each([
    ['a nesting of 16 levels', request({ data: nested(15) })],
    ['a number for a reason', notReady({ reasoncode: 7 })],
    ['null for what is optional', notReady({ reasoncode: 'acw', reasondesc: null })],
    ['unknown keys', dial({ destination: '1', colour: 'red' })],
    ['four patterns', observe(['*.*.*._._', '*._.*.*._', `${S}.*.*.*.*`, `${S}.g.c._._`])],
    [
      'a channel in the group spelling',
      request({ command: 'channelgroup.request.activate', target: `${S}.g.c` }),
    ],
  ])('may have %s', (_what, text) => {
    expect(failureOf(text)).toBeNull();
  });
});

const SEGMENTS: Readonly<Record<ObjectKind, readonly number[]>> = {
  session: [1],
  channelgroup: [2],
  channel: [2, 3],
  interaction: [3, 4],
  conversation: [4, 5],
};

describe('targets', () => {
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
  };

  it.each(COMMANDS)('$name takes paths of its kind and no others', ({ name, kind }) => {
    for (let segments = 1; segments <= 6; segments += 1) {
      const target = [S, 'a', 'b', 'c', 'd', 'e'].slice(0, segments).join('.');
      const failure = failureOf(request({ command: name, target, data }));
      expect(failure?.code).toBe(SEGMENTS[kind].includes(segments) ? undefined : 'INVALID_TARGET');
    }
  });
});

describe('whatever comes', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json({ depthSize: 'large', stringUnit: 'binary' }),
    fc
      .record(
        {
          command: fc.oneof(
            fc.constantFrom(...COMMANDS.map(({ name }) => name), 'prepareSession', 'observe'),
            fc.string(),
          ),
          requestId: fc.oneof(fc.constant('r1'), fc.jsonValue()),
          target: fc.oneof(fc.constantFrom(S, `${S}.c`, `${S}.g.c`), fc.jsonValue()),
          data: fc.oneof(
            fc.jsonValue(),
            fc.record({ destination: fc.jsonValue(), channelOptions: fc.jsonValue(), agent: fc.jsonValue() }),
          ),
          __proto__: fc.jsonValue(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
  );

  it('parsing never raises, and gives a request or a whole failure', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const parsed = parseRequest(text);
        if (parsed.ok) expect(parsed.value.requestId).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
        else {
          expect(parsed.error.result).toBe('failure');
          expect(parsed.error.failure.message).not.toBe('');
          expect(typeof JSON.stringify(parsed.error)).toBe('string');
        }
      }),
      { numRuns: 500 },
    );
  });
});
