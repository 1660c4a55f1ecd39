import { type Msg, type MsgHdrs, type PublishOptions } from '@nats-io/transport-node';
import { type Address } from './address.ts';
import { type BusMessage } from './bus.ts';
import { type Headers } from './headers.ts';
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

/** The client asks the headers that it sends for their bytes and for nothing else. */
const written = (lines: Buffer): MsgHdrs => ({ encode: () => lines }) as unknown as MsgHdrs;

/** What goes with a body; `lines` are its headers as they are sent. */
export const publishOptions = (reply: string, lines: Buffer | undefined): PublishOptions =>
  lines === undefined ? { reply } : { reply, headers: written(lines) };

type Answer = (replyTo: string, body: string, headers: Headers | undefined) => void;

/** Read as far as it is looked at: who forwards a body has no use for the headers, and they cost more than it. */
export class HeardMessage implements BusMessage {
  isReceived?: boolean;
  #address: Address | null | undefined;
  #body: string | undefined;
  #headers: Headers | undefined;

  constructor(
    private readonly message: Msg,
    private readonly answer: Answer,
  ) {}

  get subject(): string {
    return this.message.subject;
  }

  get address(): Address | null {
    return (this.#address ??= parseSubject(this.message.subject));
  }

  get body(): string {
    return (this.#body ??= this.message.string());
  }

  get headers(): Headers {
    return (this.#headers ??= headersOf(this.message.headers));
  }

  get reply(): BusMessage['reply'] {
    const replyTo = this.message.reply ?? '';
    return replyTo === '' ? undefined : (body, headers) => this.answer(replyTo, body, headers);
  }
}

/** A message as the house knows it; `answer` sends to its reply subject. */
export const fromNats = (message: Msg, answer: Answer): HeardMessage => new HeardMessage(message, answer);
