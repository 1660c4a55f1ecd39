import { CLOSE_CODES } from '@cordboard/agent-protocol';
import { type BeforeApplicationShutdown, Inject } from '@nestjs/common';
import { type OnGatewayConnection, WebSocketGateway } from '@nestjs/websockets';
import { type IncomingMessage } from 'node:http';
import { type WebSocket } from 'ws';
import { Admission } from '../access/admission.ts';
import { type EdgePorts } from '../edge-ports.ts';
import { EDGE_PORTS } from '../tokens.ts';
import { AgentConnection } from './agent-connection.ts';

const GOING_AWAY = { code: 1001, reason: 'this edge is stopping; resume elsewhere' };
/** How long browsers get to answer the close frame before the listeners are torn down. */
const GOODBYE_MS = 1_000;

/** The door for browsers: one `AgentConnection` a socket, all of them ended together when the process goes. */
@WebSocketGateway({ path: '/agent' })
export class AgentGateway implements OnGatewayConnection, BeforeApplicationShutdown {
  readonly #connections = new Map<WebSocket, AgentConnection>();
  #stopping = false;

  constructor(
    @Inject(EDGE_PORTS) private readonly ports: EdgePorts,
    @Inject(Admission) private readonly admission: Admission,
  ) {
    void ports.bus.closed.then(() => this.#closeAll(CLOSE_CODES.unavailable));
  }

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    const identity = this.admission.identityOf(request);
    if (identity === undefined || this.#stopping) return socket.close(GOING_AWAY.code, GOING_AWAY.reason);
    this.#connections.set(socket, new AgentConnection(this.ports, socket, identity, request.socket));
    this.ports.connected(this.#connections.size);
    socket.once('close', () => {
      this.#connections.delete(socket);
      this.ports.connected(this.#connections.size);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#closeAll(GOING_AWAY);
    const closed = [...this.#connections.keys()].map(
      (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
    );
    await new Promise<void>((resolve) => {
      const cancel = this.ports.clock.after(GOODBYE_MS, resolve);
      void Promise.all(closed).then(() => {
        cancel();
        resolve();
      });
    });
    this.ports.heard.stop();
  }

  #closeAll({ code, reason }: { readonly code: number; readonly reason: string }): void {
    this.#stopping = true;
    for (const connection of this.#connections.values()) connection.shutDown(code, reason);
  }
}
