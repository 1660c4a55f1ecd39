import {
  CLOSE_CODES,
  COMMAND_BURST,
  COMMANDS_PER_SECOND,
  failureResponse,
  HEARTBEAT_MS,
  type Heartbeat,
  MAX_UNANSWERED,
  parseRequest,
  SILENT_CLIENT_MS,
} from '@cordboard/agent-protocol';
import { setMaxListeners } from 'node:events';
import { type RawData, type WebSocket } from 'ws';
import { type Identity } from '../access/identity.ts';
import { type EdgePorts } from '../edge-ports.ts';
import { type BoundSession, type Parting } from '../session/bound-session.ts';
import { RequestHandler, type RequestScope } from '../session/request-handler.ts';
import { type Corkable, createOutbox, type Outbox } from './outbox.ts';
import { CLOSINGS } from './partings.ts';
import { createTokenBucket } from './token-bucket.ts';
import { createTokenWatch, type TokenWatch } from './token-watch.ts';

/** A pause lets so many seconds' commands come at once. */
const SECONDS_AT_ONCE = COMMAND_BURST / COMMANDS_PER_SECOND;

type Code = { readonly code: number; readonly reason: string };

/** One agent's socket, from its first frame to its last. */
export class AgentConnection implements RequestScope {
  bound: BoundSession | null = null;
  readonly #outbox: Outbox;
  readonly #requests: RequestHandler;
  readonly #token: TokenWatch;
  readonly #gone = new AbortController();
  readonly #allow: (now: number) => boolean;
  #unanswered = 0;
  #heardAt: number;
  #unbindAtEnd = true;
  #cancelHeartbeat: () => void = () => undefined;
  #cancelGrace: () => void = () => undefined;

  constructor(
    private readonly ports: EdgePorts,
    private readonly socket: WebSocket,
    public identity: Identity,
    line?: Corkable,
  ) {
    const { clock, commandsPerSecond: perSecond } = ports;
    this.#allow = createTokenBucket({ perSecond, burst: perSecond * SECONDS_AT_ONCE });
    setMaxListeners(MAX_UNANSWERED * 2, this.#gone.signal);
    this.#heardAt = clock.now();
    this.#outbox = createOutbox(socket, clock, () => ports.count('slow_clients'), line);
    this.#requests = new RequestHandler(ports, this);
    this.#token = createTokenWatch(clock, () => this.#close(CLOSE_CODES.tokenEnded));
    this.#token.set(identity.expiresAt);
    this.#planHeartbeat();
    socket.on('message', (data, isBinary) => this.#onFrame(data, isBinary));
    socket.on('pong', () => this.#heard());
    socket.once('close', () => this.#onClose());
  }

  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  readonly send = (text: string): void => this.#outbox.send(text);

  readonly onParting = (parting: Parting): void => {
    // Overridden from this very socket: the answer is still to come, and the next bind.
    if (parting === 'overridden' && this.#requests.isPreparing) {
      this.bound = null;
      return;
    }
    if (parting === 'taken-over') this.bound?.sayUnbound();
    if (parting === 'lapsed' || parting === 'taken-over') this.ports.count('bindings_lost');
    const { code, reason, graceMs } = CLOSINGS[parting];
    if (graceMs === 0) return this.#outbox.close(code, reason);
    this.#cancelGrace = this.ports.clock.after(graceMs, () => this.#outbox.close(code, reason));
  };

  readonly onRenewed = (identity: Identity): void => {
    this.identity = identity;
    this.#token.set(identity.expiresAt);
  };

  readonly onForeignToken = (): void => this.#close(CLOSE_CODES.forbidden);

  /** Closes for a reason of ours. The hold on the session stays, for the client to resume elsewhere. */
  shutDown(code: number, reason: string): void {
    this.#unbindAtEnd = false;
    this.#outbox.close(code, reason);
  }

  #close({ code, reason }: Code): void {
    this.#outbox.close(code, reason);
  }

  #onFrame(data: RawData, isBinary: boolean): void {
    // Frames behind the one that closed the connection still come in.
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.#heard();
    if (isBinary) return this.#close(CLOSE_CODES.notText);
    if (!this.#allow(this.ports.clock.now())) {
      this.ports.count('floods');
      return this.#close(CLOSE_CODES.flood);
    }
    const request = parseRequest((data as Buffer).toString(), this.ports.newId);
    if (!request.ok) {
      this.ports.count('commands_refused');
      return this.send(JSON.stringify(request.error));
    }
    if (this.#unanswered >= MAX_UNANSWERED) {
      this.ports.count('commands_refused');
      return this.send(JSON.stringify(failureResponse(request.value, { code: 'TOO_MANY_REQUESTS' })));
    }
    this.#unanswered += 1;
    this.#requests.handle(request.value, (text) => {
      this.#unanswered -= 1;
      this.send(text);
    });
  }

  #heard(): void {
    this.#heardAt = this.ports.clock.now();
  }

  #planHeartbeat(): void {
    this.#cancelHeartbeat = this.ports.clock.after(HEARTBEAT_MS, () => this.#beat());
  }

  #beat(): void {
    if (this.ports.clock.now() - this.#heardAt >= SILENT_CLIENT_MS) {
      this.ports.count('silent_clients');
      return this.#close(CLOSE_CODES.silent);
    }
    this.#outbox.ping();
    if (this.bound !== null) {
      const { session: target, last: sequence } = this.bound;
      this.send(JSON.stringify({ messageType: 'heartbeat', target, sequence } satisfies Heartbeat));
    }
    this.#planHeartbeat();
  }

  #onClose(): void {
    this.#cancelHeartbeat();
    this.#cancelGrace();
    this.#token.stop();
    this.bound?.stop({ unbind: this.#unbindAtEnd });
    this.bound = null;
    this.#gone.abort();
  }
}
