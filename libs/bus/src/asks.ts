import { type Bus, type BusMessage, type Unanswered } from './bus.ts';
import { type Headers } from './headers.ts';

type Handlers = Parameters<Bus['ask']>[2];

export type Sent = 'sent' | 'closed' | 'too-large';

export interface AsksOptions {
  /** Questions open at once; more are answered `busy`. */
  readonly limit: number;
  /** A handler raised. */
  readonly onError: (error: unknown, subject: string) => void;
  /** Sends a question whose answers come back under `token`. */
  readonly send: (token: string, subject: string, body: string, headers: Headers | undefined) => Sent;
}

/** The open questions of one connection, by the token of their reply subject: the same for every carrier. */
export interface Asks {
  readonly ask: Bus['ask'];
  /** An answer arrived. */
  readonly answered: (token: string, message: BusMessage) => void;
  /** Nobody will answer this one. */
  readonly unanswered: (token: string, why: Unanswered) => void;
  /** Nobody will answer any of them. */
  readonly closeAll: () => void;
}

interface Open extends Handlers {
  readonly subject: string;
}

export const createAsks = ({ limit, send, onError }: AsksOptions): Asks => {
  const open = new Map<string, Open>();
  let count = 0;

  const guarded = (subject: string, call: () => void): void => {
    try {
      call();
    } catch (error) {
      onError(error, subject);
    }
  };

  const answered = (token: string, message: BusMessage): void => {
    const question = open.get(token);
    if (question !== undefined) guarded(question.subject, () => question.onReply(message));
  };

  const unanswered = (token: string, why: Unanswered): void => {
    const question = open.get(token);
    open.delete(token);
    if (question !== undefined) guarded(question.subject, () => question.onNoResponders(why));
  };

  const refuseLater = (subject: string, handlers: Handlers, why: Unanswered): (() => void) => {
    let live = true;
    queueMicrotask(() => {
      if (live) guarded(subject, () => handlers.onNoResponders(why));
    });
    return () => {
      live = false;
    };
  };

  const ask: Asks['ask'] = (subject, body, handlers) => {
    if (open.size >= limit) return refuseLater(subject, handlers, 'busy');
    count += 1;
    const token = count.toString(36);
    const sent = send(token, subject, body, handlers.headers);
    if (sent !== 'sent') return refuseLater(subject, handlers, sent);
    const { headers, onReply, onNoResponders } = handlers;
    open.set(token, { subject, headers, onReply, onNoResponders });
    return () => void open.delete(token);
  };

  return {
    ask,
    answered,
    unanswered,
    closeAll: () => {
      for (const token of [...open.keys()]) unanswered(token, 'closed');
    },
  };
};
