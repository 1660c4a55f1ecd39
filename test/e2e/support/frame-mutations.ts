import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { type Json, type JsonObject } from '@cordboard/kernel';
import { type Random } from './random.ts';

/** Whom a frame may be about: the socket's own session and that of somebody else. */
export interface Whereabouts {
  readonly agent: string;
  readonly session: string;
  /** Targets within the own session, as the events told them. */
  readonly own: readonly string[];
  /** Targets of another agent's session. */
  readonly foreign: readonly string[];
}

/** Text, or bytes that go out as a binary frame. */
export type Sent = string | Buffer;

const ODD_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udfff',
  '\u202e',
  '\ufeff',
  '\u2028',
  '😀'.repeat(40),
  'ß'.repeat(300),
  '../../etc/passwd',
  "' OR 1=1 --",
  '${7*7}',
  'a.b.c.d.e.f',
  '*',
  '>',
  '_',
  'CONTROL',
  'null',
];
const ODD_NUMBERS = ['1e999', '-0', '1e-400', '9007199254740993', '-1', '2147483648', '0.1', '01', 'NaN'];
const ODD_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  'requestId',
  '\ud800',
];
const ODD_VALUES: readonly Json[] = [null, true, 0, -1, 1e308, [], {}, [[]], { a: { b: {} } }, 'text'];
const FRAME_BYTES = 65_536;

const COMMANDS = CATALOGUE.commands.map(({ name, kind, aliases, example }) => ({
  names: [name, ...aliases, ` ${name} `],
  segments: CATALOGUE.targets[kind].map((shape) => shape.split('.').length),
  example,
}));

const SERVICE = CATALOGUE.serviceCommands.map(({ name, target, example }) => ({
  names: [name],
  segments: target === 'session' ? [1] : [],
  example,
}));

const targetFor = (
  random: Random,
  segments: readonly number[],
  { session, own, foreign }: Whereabouts,
): string => {
  const fitting = (targets: readonly string[]): readonly string[] =>
    targets.filter((target) => segments.includes(target.split('.').length));
  const choices = [...fitting(own), ...fitting(own), ...fitting(foreign)];
  if (choices.length > 0 && random.next() < 0.8) return random.pick(choices);
  const below = Array.from({ length: Math.max(0, random.pick(segments) - 1) }, (_, index) => `x${index}`);
  return [session, ...below].join('.');
};

let made = 0;

/** A frame that is well formed: some command of the catalogue with the data of its example. */
const validFrame = (random: Random, where: Whereabouts): JsonObject => {
  const isService = random.next() < 0.06;
  const { names, segments, example } = random.pick<(typeof COMMANDS)[number]>(isService ? SERVICE : COMMANDS);
  const agent = { id: where.agent, password: 'demo' };
  return {
    command: random.pick(names),
    requestId: `f${(made += 1).toString(36)}`,
    ...(segments.length === 0 ? {} : { target: targetFor(random, segments, where) }),
    data: names[0] === 'prepareSession' ? { ...example, agent } : example,
  };
};

type Change = (frame: JsonObject, random: Random, where: Whereabouts) => Sent;

/** Walks to a random place of the value and puts something else there; undefined takes the key away. */
const changed = (
  value: Json | undefined,
  random: Random,
  by: (before: Json | undefined) => Json | undefined,
): Json => {
  if (Array.isArray(value) && value.length > 0 && random.next() < 0.8) {
    const at = random.int(value.length);
    return (value as Json[]).map((item, index) => (index === at ? changed(item, random, by) : item));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && random.next() < 0.85) {
    const keys = Object.keys(value);
    if (keys.length === 0) return by(value) ?? null;
    const key = random.pick(keys);
    const before = (value as JsonObject)[key];
    const deeper = typeof before === 'object' && before !== null && random.next() < 0.7;
    const after = deeper ? changed(before, random, by) : by(before);
    return Object.fromEntries(
      Object.entries(value as JsonObject).flatMap(([name, item]) =>
        name !== key ? [[name, item]] : after === undefined ? [] : [[name, after]],
      ),
    );
  }
  return by(value) ?? null;
};

const nameOf = ({ command }: JsonObject): string => (typeof command === 'string' ? command : '');

const asText = (frame: Json): string => JSON.stringify(frame);
const nested = (levels: number, inner: string): string =>
  `${'{"a":'.repeat(levels)}${inner}${'}'.repeat(levels)}`;

/** Puts raw JSON text in the place of `data`. */
const withRawData = (frame: JsonObject, raw: string): string =>
  asText({ ...frame, data: '\u0001raw' }).replace('"\\u0001raw"', () => raw);

const CHANGES: readonly Change[] = [
  (frame) => asText(frame),
  (frame, random) => asText(changed(frame, random, () => random.pick(ODD_VALUES))),
  (frame, random) => asText(changed(frame, random, () => undefined)),
  (frame, random) => asText(changed(frame, random, () => random.pick(ODD_TEXTS))),
  (frame, random) => asText(changed(frame, random, () => 'x'.repeat(1 + random.int(60_000)))),
  (frame, random) => withRawData(frame, nested(1 + random.int(700), random.pick(['1', '"x"', '[]']))),
  (frame, random) => withRawData(frame, `${'['.repeat(1 + random.int(3000))}`),
  (frame, random) => withRawData(frame, `{"destination":${random.pick(ODD_NUMBERS)},"key":1,"value":1e5}`),
  (frame, random) => withRawData(frame, `{${JSON.stringify(random.pick(ODD_KEYS))}:{"x":1},"a":1}`),
  (frame, random) =>
    asText({ ...frame, data: { ...(frame['data'] as JsonObject), [random.pick(ODD_KEYS)]: 'x' } }),
  (frame, random) =>
    asText(frame).replace('{', `{${JSON.stringify(random.pick(ODD_KEYS))}:{"polluted":true},`),
  (frame, random) =>
    asText(frame).replace('{', () => `{"command":"${random.pick(COMMANDS).names[0] ?? ''}",`),
  (frame) => `${asText(frame).slice(0, -1)},"requestId":"twice","target":"x"}`,
  (frame, random) => asText(frame).slice(0, random.int(asText(frame).length)),
  (frame, random) => {
    const bytes = Buffer.from(asText(frame));
    bytes[random.int(bytes.length)] = 32 + random.int(95);
    return bytes.toString('latin1');
  },
  (frame, random, { foreign }) => asText({ ...frame, target: random.pick(foreign) }),
  (frame, random) => asText({ ...frame, target: random.pick(ODD_TEXTS) }),
  (frame, random, { session }) => asText({ ...frame, target: `${session}${'.x'.repeat(random.int(9))}` }),
  (frame, random) => asText({ ...frame, command: random.pick(ODD_TEXTS) + nameOf(frame) }),
  (frame) => asText({ ...frame, command: nameOf(frame).toUpperCase() }),
  (frame, random) => asText({ ...frame, requestId: random.pick([7, '', 'a b', 'r'.repeat(65), null, {}]) }),
  (_frame, random) =>
    Array.from({ length: random.int(200) }, () => String.fromCharCode(random.int(0x3000))).join(''),
  (_frame, random) => random.pick(['[]', '{}', 'null', '0', '"x"', '[{}]', '{"command":null}', '\n', '{']),
];

/** Frames that close their socket: rare, since each costs a new connection. */
const CLOSING: readonly Change[] = [
  (frame) => Buffer.from(asText(frame)),
  (frame, random) => asText({ ...frame, pad: 'x'.repeat(FRAME_BYTES + random.int(1000)) }),
];
const CLOSING_SHARE = 0.002;

/** A frame that may be anything, made from a good one. */
export const wildFrame = (random: Random, where: Whereabouts): Sent => {
  const frame = validFrame(random, where);
  const change = random.pick(random.next() < CLOSING_SHARE ? CLOSING : CHANGES);
  return change(frame, random, where);
};
