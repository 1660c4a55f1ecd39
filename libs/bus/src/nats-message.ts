import { headers as newHeaders, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import { type BusMessage } from './bus.ts';
import { cleanHeaders, type Headers } from './headers.ts';
import { parseSubject } from './parse-subject.ts';

const NO_HEADERS: Headers = Object.freeze({});
const NO_RESPONDERS = 503;

const headersOf = (received: MsgHdrs | undefined): Headers =>
  received === undefined
    ? NO_HEADERS
    : Object.fromEntries([...received].map(([name, values]) => [name, values[0] ?? '']));

/** The server's own answer when nobody listens to a question. */
export const isNoResponders = (message: Msg): boolean =>
  message.data.length === 0 && message.headers?.code === NO_RESPONDERS;

export const toNatsHeaders = (headers: Headers): MsgHdrs => {
  const result = newHeaders();
  for (const [name, value] of Object.entries(cleanHeaders(headers))) result.append(name, value);
  return result;
};

/** A message as the house knows it; `answer` sends to its reply subject. */
export const fromNats = (
  message: Msg,
  answer: (replyTo: string, body: string, headers: Headers | undefined) => void,
): BusMessage => {
  const replyTo = message.reply ?? '';
  return {
    subject: message.subject,
    address: parseSubject(message.subject),
    body: message.string(),
    headers: headersOf(message.headers),
    reply: replyTo === '' ? undefined : (body, headers) => answer(replyTo, body, headers),
  };
};
