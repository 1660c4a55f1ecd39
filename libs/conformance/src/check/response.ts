import { FAILURE_CODES, omitSecrets } from '@cordboard/agent-protocol';
import { type WrittenCommand } from '@cordboard/agent-protocol/catalogue';
import { type JsonObject } from '@cordboard/kernel';
import { type Frame, objectOf, textOf } from '../wire/frame.ts';
import { insist, insistSame } from './mismatch.ts';
import { insistFits } from './schemas.ts';

const SHORTEST_ADVICE = 10;

const keysOf = (frame: object): readonly string[] => Object.keys(frame).sort();

/** What every answer repeats of its request: id, spelling without the blanks around it, target. */
const checkEcho = (answer: Frame, request: JsonObject): void => {
  insistSame(answer.requestId, request['requestId'], 'requestId');
  insistSame(answer.command, textOf(request['command']).trim(), 'the command as it was sent,');
  insistSame(answer.target, request['target'], 'target');
};

const expectedKeys = (request: JsonObject, ...own: readonly string[]): readonly string[] =>
  ['command', 'requestId', 'result', ...(request['target'] === undefined ? [] : ['target']), ...own].sort();

const checkData = (
  answer: Frame,
  request: JsonObject,
  { name, success, answer: own }: WrittenCommand,
): void => {
  if (success === 'none') return insist(!('data' in answer), 'no data', answer);
  if (success === 'echo') return insistSame(answer.data, request['data'] ?? {}, 'the data of the request,');
  if (success === 'empty') return insistSame(answer.data, {}, 'data');
  insistFits(`answer ${name}`, own ?? {}, answer.data);
};

/** A success, to the letter (agent protocol A3). */
export const checkSuccess = (answer: Frame, request: JsonObject, command: WrittenCommand): void => {
  insist(answer.result === 'success', 'result success', answer);
  checkEcho(answer, request);
  const own = command.success === 'none' ? [] : ['data'];
  insistSame(keysOf(answer), expectedKeys(request, ...own), 'the keys');
  checkData(answer, request, command);
};

/** A failure with one of the codes, to the letter (agent protocol A4); it repeats the request less its secrets. */
export const checkFailure = (answer: Frame, request: JsonObject, ...codes: readonly string[]): void => {
  const said = textOf(answer.failure?.code);
  insist(answer.result === 'failure' && codes.includes(said), `failure ${codes.join(' or ')}`, answer);
  insist((FAILURE_CODES as readonly string[]).includes(said), 'a code of the catalogue', said);
  checkEcho(answer, request);
  insistSame(keysOf(answer), expectedKeys(request, 'failure', 'original'), 'the keys');
  insist(textOf(answer.failure?.message).length > SHORTEST_ADVICE, 'a message that says what to do', answer);
  insistSame(answer.original, omitSecrets(request), 'original, the request without passwords,');
};

/** A question back (agent protocol A5): nothing was done. */
export const checkNeedInfo = (answer: Frame, request: JsonObject, dialog: string): JsonObject => {
  insist(answer.result === 'needinfo', 'result needinfo', answer);
  checkEcho(answer, request);
  insistSame(keysOf(answer), expectedKeys(request, 'uiExtension', 'original'), 'the keys');
  insistSame(answer.original, omitSecrets(request), 'original, the request without passwords,');
  const extension = objectOf((answer as { uiExtension?: unknown }).uiExtension);
  insistSame(extension['id'], dialog, 'uiExtension.id');
  return extension;
};
