import { encodeFrame } from '@cordboard/cti-protocol';
import { randomUUID } from 'node:crypto';
import { insist } from '../../check/mismatch.ts';
import { textOf } from '../../wire/frame.ts';
import { type Stage } from '../desk/stage.ts';
import { NotRun } from '../desk/not-run.ts';
import { checksOf } from './check.ts';

type Write = (pieces: readonly Uint8Array[]) => Promise<void>;

const writerOf = ({ line }: Stage): Write => {
  const { write } = line.carrier;
  if (write === undefined) throw new NotRun('over TCP only');
  return write;
};

const LETTERS = 'Grüße 😀';
const CAPABILITIES = 'cti.query.capabilities';

/** A question as bytes, whose answer is waited for. */
const question = ({ line }: Stage): { readonly id: string; readonly bytes: Uint8Array } => {
  const requestId = randomUUID();
  const header = { type: 'cti.query', name: CAPABILITIES, target: line.control, requestId } as const;
  line.expect({ header, body: {} });
  return { id: requestId, bytes: encodeFrame(JSON.stringify({ header, body: {} })) };
};

const merged = async (stage: Stage): Promise<void> => {
  const write = writerOf(stage);
  const from = stage.line.mark;
  const asked = [question(stage), question(stage), question(stage)];
  await write([new Uint8Array(Buffer.concat(asked.map(({ bytes }) => bytes)))]);
  for (const { id } of asked) await stage.line.answerTo(id, CAPABILITIES, from);
};

const split = async (stage: Stage): Promise<void> => {
  const write = writerOf(stage);
  const from = stage.line.mark;
  const { id, bytes } = question(stage);
  await write([bytes.subarray(0, 2), bytes.subarray(2, 5), bytes.subarray(5, 40), bytes.subarray(40)]);
  await stage.line.answerTo(id, CAPABILITIES, from);
};

const rubbish = async (stage: Stage): Promise<void> => {
  const write = writerOf(stage);
  const from = stage.line.mark;
  await write([
    new Uint8Array(4),
    encodeFrame('this is no JSON'),
    encodeFrame('[]'),
    encodeFrame('{"body":{}}'),
  ]);
  const { id, bytes } = question(stage);
  await write([bytes]);
  await stage.line.answerTo(id, CAPABILITIES, from);
};

const multiByte = async (stage: Stage): Promise<void> => {
  const { line } = stage;
  const name = 'cti.query.validateagent';
  const body = { id: 'nobody-of-that-name', password: LETTERS };
  // The answer carries these letters back in its requestId, so its own length has to be right as well.
  const reason = await line.refused(name, line.control, body, { requestId: `${LETTERS} ${randomUUID()}` });
  const next = await line.ask(CAPABILITIES, line.control);
  insist(
    textOf(next.header['result']) === 'SUCCESS',
    'the next answer after a frame with multi-byte characters',
    reason,
  );
};

/** Frames (bridge A.2). */
export const frameChecks = checksOf('basic')(
  [
    'T-01',
    'bridge A.2, T-01',
    'the length counts bytes: a message with multi-byte characters leaves the next one whole',
    multiByte,
  ],
  ['T-02-merged', 'bridge A.2, T-02', 'three frames in one segment are three questions', merged],
  ['T-02-split', 'bridge A.2, T-02', 'one frame over several segments is one question', split],
  [
    'A.2-rubbish',
    'bridge A.2',
    'a frame without content, or that is no message, is dropped and the connection goes on',
    rubbish,
  ],
);
