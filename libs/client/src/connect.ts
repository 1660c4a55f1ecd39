import { type Response } from '@cordboard/agent-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { createBinding } from './binding.ts';
import { type Client } from './client.ts';
import { createCommands } from './commands.ts';
import { readFrame } from './incoming.ts';
import { Link } from './link.ts';
import { createListeners } from './listeners.ts';
import { meaningOfClose, meaningOfFailure } from './meanings.ts';
import { type ConnectOptions, type PrepareOptions } from './options.ts';
import { createPending, type OutgoingRequest } from './pending.ts';
import { createSessionFeed } from './session-feed.ts';
import { platformSocket, type SocketConstructor } from './socket.ts';
import { type ConnectionStatus } from './status.ts';
import { randomId, systemClock } from './system.ts';
import { createTokenKeeper } from './token-keeper.ts';

/** As many as the server lets one connection have. */
const MAX_UNANSWERED = 64;
const REQUEST_TIMEOUT_MS = 160_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** The server says something every 15 s to a bound client. */
const SILENCE_MS = 45_000;

interface BindAttempt {
  readonly requestId: string;
  readonly session: string;
}

class EdgeClient implements Client {
  readonly clientId: string;
  readonly commands = createCommands((command, target, data) => this.request(command, target, data));
  readonly #clock;
  readonly #binding = createBinding();
  readonly #feed = createSessionFeed(this.#binding);
  readonly #statuses = createListeners<ConnectionStatus>();
  readonly #pending;
  readonly #keeper;
  readonly #link: Link;
  #attempt: BindAttempt | null = null;
  #cancelSilence: () => void = () => undefined;

  constructor(options: ConnectOptions, WebSocket: SocketConstructor) {
    this.clientId = options.clientId ?? randomId();
    this.#clock = options.clock ?? systemClock;
    this.#pending = createPending(
      this.#clock,
      MAX_UNANSWERED,
      options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    );
    this.#keeper = createTokenKeeper({
      clock: this.#clock,
      source: options.token,
      renew: (token) => this.#ask(outgoing('renewToken', undefined, { token })),
    });
    this.#link = new Link(
      {
        urls: addressesOf(options),
        WebSocket,
        clock: this.#clock,
        random: options.random ?? Math.random,
        token: this.#keeper.fresh,
        meaningOf: meaningOfClose,
      },
      {
        onOpen: () => this.#onOpen(),
        onText: (text) => this.#onText(text),
        onStatus: (status) => this.#onStatus(status),
      },
    );
  }

  get session() {
    return this.#binding.session;
  }

  get model() {
    return this.#feed.model;
  }

  // A listener is told of its name alone, and what its name carries is the catalogue's affair.
  readonly on = this.#feed.on as Client['on'];
  readonly onReset: Client['onReset'] = (listener) => this.#feed.onReset(listener);
  readonly onStatus: Client['onStatus'] = (listener) => this.#statuses.add(listener);

  prepare({ agent, model = '', override = false, processor = '' }: PrepareOptions): Promise<Response> {
    return this.#ask(outgoing('prepareSession', undefined, { model, override, processor, agent }));
  }

  bind(session: string, { takeover = false }: { readonly takeover?: boolean } = {}): Promise<Response> {
    const request = outgoing('bindSession', session, this.#binding.request(session, this.clientId, takeover));
    this.#attempt = { requestId: request.requestId, session };
    return this.#ask(request);
  }

  request(command: string, target: string, data: JsonObject = {}): Promise<Response> {
    const { text, response } = this.#pending.add(outgoing(command, target, data));
    // While a known session is not bound again the command waits; the answer to the bind sends it.
    if (text !== '' && (this.#binding.session === null || this.#binding.bound)) this.#link.send(text);
    return response;
  }

  close(): void {
    this.#link.end('closed', 'closed by this client');
  }

  #ask(request: OutgoingRequest): Promise<Response> {
    const { text, response } = this.#pending.add(request);
    if (text !== '' && !this.#link.send(text))
      this.#pending.failOthers('there is no connection now; try again');
    return response;
  }

  #onOpen(): void {
    const { session } = this.#binding;
    if (session === null) for (const text of this.#pending.repeatable()) this.#link.send(text);
    else void this.bind(session).then((response) => this.#onRebound(response));
  }

  /** A session that this client had is bound again, or lost for a reason. */
  #onRebound(response: Response): void {
    if (response.result !== 'failure') return;
    const meaning = meaningOfFailure(response.failure.code);
    if (meaning === 'retry') this.#link.drop(response.failure.message);
    else this.#link.end(meaning, response.failure.message);
  }

  #onText(text: string): void {
    this.#heard();
    const frame = readFrame(text);
    if (frame.kind === 'event' && !this.#feed.take(frame.event)) this.#link.drop('an event is missing');
    if (frame.kind === 'heartbeat' && this.#binding.behind(frame.heartbeat.sequence)) {
      this.#link.drop('the last event is missing');
    }
    if (frame.kind === 'response') this.#onResponse(frame.response);
  }

  #onResponse(response: Response): void {
    // Before anyone is told: the frames behind this one are events of the session just bound.
    if (this.#attempt !== null && response.requestId === this.#attempt.requestId) {
      this.#onBindAnswer(this.#attempt.session, response);
    }
    this.#pending.answer(response);
  }

  #onBindAnswer(session: string, response: Response): void {
    this.#attempt = null;
    const outcome = this.#binding.answered(session, response);
    if (outcome.kind === 'failed') return;
    if (outcome.kind === 'reset') this.#feed.reset(outcome.events);
    this.#heard();
    this.#onStatus({ kind: 'bound', session, mode: outcome.kind });
    for (const text of this.#pending.repeatable()) this.#link.send(text);
  }

  #heard(): void {
    this.#cancelSilence();
    if (!this.#binding.bound) return;
    this.#cancelSilence = this.#clock.after(SILENCE_MS, () => this.#link.drop('the server is silent'));
  }

  #onStatus(status: ConnectionStatus): void {
    if (status.kind === 'waiting' || status.kind === 'ended') {
      this.#binding.lost();
      this.#cancelSilence();
    }
    if (status.kind === 'waiting') this.#pending.failOthers(`the connection was lost: ${status.reason}`);
    if (status.kind === 'ended') {
      this.#keeper.stop();
      this.#pending.failAll(status.message);
    }
    this.#statuses.tell(status);
  }
}

const addressesOf = ({ url }: ConnectOptions): readonly string[] => {
  const urls = typeof url === 'string' ? [url] : url;
  if (urls.length === 0)
    throw new Error('could not connect: url is an empty list; give the address of an edge');
  return urls;
};

const outgoing = (command: string, target: string | undefined, data: JsonObject): OutgoingRequest => ({
  command,
  requestId: randomId(),
  ...(target === undefined ? {} : { target }),
  data,
});

/** Settles with the first connection; gives up after `timeoutMs` with the reason of the last failure. */
const firstConnection = (client: Client, timeoutMs: number, clock = systemClock): Promise<void> =>
  new Promise((resolve, reject) => {
    let reason = 'no answer';
    const finish = (error?: Error): void => {
      cancel();
      remove();
      if (error === undefined) return resolve();
      client.close();
      reject(error);
    };
    const cancel = clock.after(timeoutMs, () => finish(new Error(`could not connect: ${reason}`)));
    const remove = client.onStatus((status) => {
      if (status.kind === 'connected') finish();
      if (status.kind === 'waiting') reason = status.reason;
      if (status.kind === 'ended') finish(new Error(`could not connect: ${status.message}`));
    });
  });

/**
 * Connects an agent to an edge, or to one of several. Rejects when no connection comes about within `connectTimeoutMs`; afterwards
 * the client keeps itself connected and tells of it through `onStatus`.
 */
export const connect = async (options: ConnectOptions): Promise<Client> => {
  const client = new EdgeClient(options, options.WebSocket ?? (await platformSocket()));
  await firstConnection(client, options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS, options.clock);
  return client;
};
