import { type Json } from '@cordboard/kernel';
import { insist } from '../check/mismatch.ts';
import { checkFailure } from '../check/response.ts';
import { isResponse, textOf } from '../wire/frame.ts';
import { openSocket } from '../desk/sign-in.ts';
import { type Check, type CheckGroup } from './row.ts';

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

/** Frames that are no requests at all: what was sent, and the code of the failure. */
const MALFORMED: readonly (readonly [why: string, text: string, code: string])[] = [
  ['nothing', '', 'MALFORMED_REQUEST'],
  ['half a JSON text', '{"command":"session.start"', 'MALFORMED_REQUEST'],
  ['no JSON', 'hello', 'MALFORMED_REQUEST'],
  ['a list', '[]', 'MALFORMED_REQUEST'],
  ['text', '"session.start"', 'MALFORMED_REQUEST'],
  ['null', 'null', 'MALFORMED_REQUEST'],
  ['an empty object', '{}', 'MALFORMED_REQUEST'],
  ['a command that is a number', '{"command":7}', 'MALFORMED_REQUEST'],
  ['an empty command', '{"command":" "}', 'MALFORMED_REQUEST'],
  ['17 levels', `{"command":"prepareSession","data":${nested(16)}}`, 'MALFORMED_REQUEST'],
  ['400 levels', `{"command":"prepareSession","data":${nested(400)}}`, 'MALFORMED_REQUEST'],
  [
    'a requestId that is a number',
    '{"command":"prepareSession","requestId":7,"data":{}}',
    'MALFORMED_REQUEST',
  ],
  [
    'a requestId with a blank',
    '{"command":"prepareSession","requestId":"a b","data":{}}',
    'MALFORMED_REQUEST',
  ],
  [
    'a requestId of 65 characters',
    `{"command":"prepareSession","requestId":"${'r'.repeat(65)}","data":{}}`,
    'MALFORMED_REQUEST',
  ],
  ['U+0000', '{"command":"prepareSession","data":{"a":"\\u0000"}}', 'INVALID_DATA'],
  ['half a surrogate pair', '{"command":"prepareSession","data":{"a":"\\ud800"}}', 'INVALID_DATA'],
];

const malformed = ([why, text, code]: (typeof MALFORMED)[number]): Check => ({
  row: 'frames',
  check: `${code}: ${why}`,
  needsCaller: false,
  run: async (stage) => {
    const { socket } = await stage.started();
    const from = socket.frames.length;
    await socket.sendText(text);
    const answer = await socket.until(isResponse, from, 'an answer to a malformed frame');
    insist(answer.result === 'failure' && answer.failure?.code === code, `failure ${code}`, answer);
    insist(textOf(answer.failure?.message).length > 0, 'a message', answer);
    insist(typeof answer.command === 'string' && 'original' in answer, 'command and original', answer);
    insist(socket.closing === null, 'an open socket', socket.closing);
  },
});

const UNKNOWN: readonly string[] = [
  'channel.request.levitate',
  'Channel.request.ready',
  'channel.request.ready.',
  'toString',
  '__proto__',
  'conversation.request.retrievesenddtmf',
  'internal_SessionPrepared',
  'closeSession',
  'renewBinding',
];

const unknown = (command: string): Check => ({
  row: 'frames',
  check: `UNKNOWN_COMMAND: ${command}`,
  needsCaller: false,
  run: async (stage) => {
    const { socket, session } = await stage.started();
    const request = { command, requestId: socket.nextId(), target: session, data: {} as Json };
    checkFailure(await socket.send(request), request, 'UNKNOWN_COMMAND');
  },
});

const closes = (
  check: string,
  code: number,
  send: (many: (text: string | Buffer) => Promise<void>) => Promise<void>,
): Check => ({
  row: 'frames',
  check: `close ${code}: ${check}`,
  needsCaller: false,
  run: async (stage) => {
    const socket = await openSocket(stage.access, stage.agent);
    await send((text) => socket.sendText(text));
    const closing = await Promise.race([
      socket.closed,
      new Promise<null>((resolve) => void setTimeout(() => resolve(null), CLOSE_MS).unref()),
    ]);
    insist(closing?.code === code, `a close with ${code}`, closing);
  },
});

const CLOSE_MS = 5_000;
const TOO_LARGE = 70_000;

/** What is no request, and what closes a socket. */
export const frameChecks = (): readonly CheckGroup[] => [
  { name: 'malformed frames', checks: MALFORMED.map(malformed) },
  { name: 'unknown commands', checks: UNKNOWN.map(unknown) },
  {
    name: 'closing frames',
    checks: [
      closes('a frame of 70,000 bytes', 1009, (many) => many(`{"command":"${'x'.repeat(TOO_LARGE)}"}`)),
      closes('a binary frame', 4400, (many) => many(Buffer.from('{"command":"session.start"}'))),
    ],
  },
];
