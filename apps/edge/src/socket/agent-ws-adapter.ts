import { MAX_FRAME_BYTES } from '@cordboard/agent-protocol';
import { type INestApplicationContext } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import { type IncomingMessage } from 'node:http';
import { type ServerOptions, type VerifyClientCallbackAsync, type WebSocketServer } from 'ws';
import { type Admission } from '../access/admission.ts';
import { SUBPROTOCOL } from '../access/credentials.ts';
import { AgentSocket } from './agent-socket.ts';

type GatewayOptions = Parameters<WsAdapter['create']>[1];

/** Nest's adapter over `ws`, with the upgrade guarded and frames left to `AgentConnection`. */
export class AgentWsAdapter extends WsAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly admission: Admission,
  ) {
    super(app);
  }

  override create(port: number, options?: GatewayOptions): unknown {
    return super.create(port, { ...options, ...this.#guards() });
  }

  /** Errors of a socket are the peer's doing; it is closed with a code, which is answer enough. */
  override bindErrorHandler(server: WebSocketServer): WebSocketServer {
    server.on('connection', (socket) => socket.on('error', () => undefined));
    server.on('error', (error) => this.logger.error(error));
    return server;
  }

  /** Frames are read by the connection itself: they are no `{event, data}` messages of Nest's. */
  override bindMessageHandlers(): void {}

  #guards(): ServerOptions {
    const verifyClient: VerifyClientCallbackAsync<IncomingMessage> = ({ req }, done) => {
      this.admission.admit(req).then(
        (admitted) => (admitted.ok ? done(true) : done(false, admitted.status, admitted.message)),
        () => done(false, 503, 'the token cannot be checked right now'),
      );
    };
    return {
      verifyClient,
      handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
      WebSocket: AgentSocket,
    };
  }
}
