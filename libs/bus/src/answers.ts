import { type BusMessage } from './bus.ts';
import { HEADERS } from './headers.ts';

const RECEIPT = { [HEADERS.reply]: 'receipt' } as const;
const NOT_ME = { [HEADERS.reply]: 'not-me' } as const;
const RESULT = { [HEADERS.reply]: 'result' } as const;

/** Tells the sender that its message is in good hands and the result will follow. */
export const answerReceipt = (message: BusMessage): void => message.reply?.('', RECEIPT);

/** Tells the sender how it ended; `body` is the JSON of docs/contracts.md. */
export const answerResult = (message: BusMessage, body: string): void => message.reply?.(body, RESULT);

/** Tells the sender that this worker cannot serve the session and another one may (design K22). */
export const answerNotMe = (message: BusMessage): void => message.reply?.('', NOT_ME);

export const isReceipt = (message: BusMessage): boolean => message.headers[HEADERS.reply] === RECEIPT.reply;
export const isResult = (message: BusMessage): boolean => message.headers[HEADERS.reply] === RESULT.reply;
export const isNotMe = (message: BusMessage): boolean => message.headers[HEADERS.reply] === NOT_ME.reply;
