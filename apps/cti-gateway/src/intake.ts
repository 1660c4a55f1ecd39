import {
  controlProcessor,
  type CtiHeader,
  type CtiMessage,
  type FrameIn,
  parseCtiMessage,
  readHead,
} from '@cordboard/cti-protocol';
import { isId } from '@cordboard/kernel';
import { type GatewayCounter, type GatewayPorts } from './gateway-ports.ts';
import { CLOSE_BYTES } from './limits.ts';
import { type OpenQuestions } from './open-questions.ts';
import { createQuietLog } from './quiet-log.ts';

type Ports = Pick<GatewayPorts, 'clock' | 'log' | 'count' | 'maxBytes'>;

/** A frame that has passed, whole or too large. */
export type PassedFrame = Exclude<FrameIn, { readonly kind: 'broken' }>;

export interface IntakeOptions {
  readonly processor: string;
  readonly questions: Pick<OpenQuestions, 'settle' | 'fail'>;
  readonly onEvent: (event: CtiMessage) => void;
}

/** An adapter speaks for itself and for sessions. Which sessions are its own is for the link to know. */
const isAbout = (processor: string, target: string): boolean =>
  target.endsWith('.CONTROL') ? controlProcessor(target) === processor : target.split('.').every(isId);

/**
 * What a client sends: answers find their questions, events go on. What cannot be read or carried is counted,
 * logged and dropped; an answer that is too large fails its question.
 */
export const createIntake = (
  { clock, log, count, maxBytes }: Ports,
  { processor, questions, onEvent }: IntakeOptions,
): ((frame: PassedFrame) => void) => {
  const warn = createQuietLog(clock, log.warn);

  const drop = (counter: GatewayCounter, why: string, context: Readonly<Record<string, unknown>>): void => {
    count(counter);
    warn(why, { processor, ...context });
  };

  const tooLarge = (bytes: number, header: CtiHeader | null): void => {
    const { type, name, target } = header ?? {};
    drop('messages_oversized', 'a message is larger than CORDBOARD_CTI_MAX_BYTES', {
      bytes,
      type,
      name,
      target,
    });
    if (header?.type !== 'cti.response') return;
    questions.fail(header, `the adapter gave an answer of ${bytes} bytes; ${maxBytes} is the limit`);
  };

  const takeMessage = (message: CtiMessage): void => {
    const { type, name, target, requestId } = message.header;
    if (type === 'cti.response') {
      if (!questions.settle(message))
        drop('answers_unknown', 'an answer to no question', {
          why: `${name}: late, doubled or never asked`,
          requestId,
        });
    } else if (type === 'cti.event' && isAbout(processor, target)) onEvent(message);
    else
      drop('messages_unexpected', 'a message that this adapter may not send', {
        type,
        name,
        target,
      });
  };

  const takeText = (text: string): void => {
    const read = parseCtiMessage(text, { maxBytes: CLOSE_BYTES });
    if (!read.ok) return drop('messages_malformed', 'a message that cannot be read', { why: read.error });
    const { message, repaired } = read.value;
    if (repaired) count('messages_repaired');
    // Written again it may be longer than it came: numbers such as 1e20, characters that are no UTF-8.
    const bytes = Buffer.byteLength(JSON.stringify(message));
    if (bytes > maxBytes) tooLarge(bytes, message.header);
    else takeMessage(message);
  };

  return (frame) => {
    if (frame.kind === 'frame') takeText(frame.text);
    else tooLarge(frame.bytes, readHead(frame.head));
  };
};
