/** Metadata of one message. Values hold no control characters; a carrier turns such into spaces. */
export type Headers = Readonly<Record<string, string>>;

/** Names of the headers that processes agree on (docs/contracts.md). */
export const HEADERS = {
  /** `agent:<id>`, `worker:<id>`: who wants this. */
  actor: 'actor',
  /** The socket that speaks for the agent. */
  binding: 'binding',
  /** W3C trace parent. */
  trace: 'trace',
  /** On a claim: the subject that had no owner. */
  for: 'for',
  /** On a claim, `true`: somebody listens there, but did not answer in time. */
  silent: 'silent',
  /** On an answer: `receipt`, `result` or `not-me`. */
  reply: 'reply',
  /** On the answer of an adapter: `final`, `pending`, `never-seen`, `stale`, `unknown-session`. */
  answer: 'answer',
  seq: 'seq',
  lane: 'lane',
  wpos: 'wpos',
  epoch: 'epoch',
  probe: 'probe',
  /** Number of a switch event within its session, from 1. */
  ctiSeq: 'ctiSeq',
  /** On a switch event: so many right before it were dropped at the adapter's end. */
  lost: 'lost',
  instance: 'instance',
  incarnation: 'incarnation',
  /** `<session>:<seq>` on the durable feed, by which JetStream knows what it has. */
  messageId: 'Nats-Msg-Id',
} as const;

// NATS ends a header line with CR LF and trims values; other control characters have no business there either.
const CONTROL = /\p{Cc}+/gu;
const cleanValue = (value: string): string => value.replace(CONTROL, ' ').trim();

/** The same headers, safe to send: what a header line cannot carry has become a space, the ends are trimmed. */
export const cleanHeaders = (headers: Headers): Headers => {
  for (const name in headers) {
    const value = headers[name] ?? '';
    if (cleanValue(value) !== value) {
      return Object.fromEntries(Object.entries(headers).map(([key, dirty]) => [key, cleanValue(dirty)]));
    }
  }
  return headers;
};

/** The headers as a message carries them to the server, made safe to send. */
export const headerLines = (headers: Headers): string => {
  let lines = 'NATS/1.0\r\n';
  for (const name in headers) lines += `${name}: ${cleanValue(headers[name] ?? '')}\r\n`;
  return `${lines}\r\n`;
};

/** Bytes that a message takes on the wire, as the server counts them against its limit. */
export const payloadBytes = (body: string, headers: Headers | undefined): number =>
  Buffer.byteLength(body) + (headers === undefined ? 0 : Buffer.byteLength(headerLines(headers)));
