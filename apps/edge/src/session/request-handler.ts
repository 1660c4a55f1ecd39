import {
  failureResponse,
  type FailureCode,
  type ParsedRequest,
  type ServiceRequest,
  type SessionRequest,
  successResponse,
} from '@cordboard/agent-protocol';
import { type BusMessage, subjects } from '@cordboard/bus';
import { type Result } from '@cordboard/kernel';
import { type Identity } from '../access/identity.ts';
import { type EdgePorts } from '../edge-ports.ts';
import { textOf } from '../text-of.ts';
import { BoundSession, type BoundSessionHooks } from './bound-session.ts';
import { actorHeaders } from './session-line.ts';

/** What a request needs of the socket that it came on. */
export interface RequestScope extends BoundSessionHooks {
  readonly signal: AbortSignal;
  identity: Identity;
  bound: BoundSession | null;
  /** A renewed token is in use. */
  readonly onRenewed: (identity: Identity) => void;
  /** A renewed token is somebody else's. */
  readonly onForeignToken: () => void;
}

const PREPARE_TIMEOUT_MS = 10_000;

const ADVICE = {
  role: 'The token does not carry the role agent.',
  self: 'data.agent.id is not the agent of the token. An agent prepares and binds its own session only.',
  other: 'This connection is bound to another session. Open another connection for it.',
  binding: 'A bindSession is under way on this connection. Wait for its answer.',
  unbound: 'No session is bound on this connection. Send bindSession, then session.start.',
  foreign: 'The target is not in the session that is bound on this connection.',
  observe: 'observe is not available yet.',
  token: 'The new token is not valid for this agent and tenant.',
} as const;

/** Carries requests of one socket out; each gives the text of its response exactly once. */
export class RequestHandler {
  #binding = false;
  #preparing = 0;

  constructor(
    private readonly ports: EdgePorts,
    private readonly scope: RequestScope,
  ) {}

  /** The agent waits on this very socket for a session that may take the place of the bound one. */
  get isPreparing(): boolean {
    return this.#preparing > 0;
  }

  handle(request: ParsedRequest, respond: (text: string) => void): void {
    if (request.kind === 'session') return this.#command(request, respond);
    switch (request.canonical) {
      case 'prepareSession':
        return this.#prepare(request, respond);
      case 'bindSession':
        return void this.#bind(request, respond);
      case 'renewToken':
        return void this.#renewToken(request, respond);
      case 'observe':
        return respond(this.#refusal(request, 'NOT_SUPPORTED', ADVICE.observe));
    }
  }

  #refusal(request: ParsedRequest, code: FailureCode, message?: string): string {
    this.ports.count('commands_refused');
    return JSON.stringify(failureResponse(request, { code, ...(message === undefined ? {} : { message }) }));
  }

  /** The owner's own text passes through; without one the client may send the same again. */
  #answer(request: ParsedRequest, answer: Result<BusMessage, string>): string {
    this.ports.count(answer.ok ? 'commands_answered' : 'commands_unanswered');
    if (answer.ok) return answer.value.body;
    return JSON.stringify(failureResponse(request, { code: 'SERVICE_UNAVAILABLE' }));
  }

  #command(request: SessionRequest, respond: (text: string) => void): void {
    const { bound } = this.scope;
    const { target, canonical, original, requestId } = request;
    if (bound === null) return respond(this.#refusal(request, 'SESSION_NOT_STARTED', ADVICE.unbound));
    if (target.session !== bound.session) return respond(this.#refusal(request, 'FORBIDDEN', ADVICE.foreign));
    const body = request.text ?? JSON.stringify({ ...original, requestId });
    void bound.command(target, canonical, body).then((answer) => respond(this.#answer(request, answer)));
  }

  /** Why this agent may not have a session through this socket; null when it may. */
  #notOwn(agentId?: unknown): string | null {
    const { roles, sub } = this.scope.identity;
    if (!roles.includes('agent')) return ADVICE.role;
    return agentId === undefined || agentId === sub ? null : ADVICE.self;
  }

  #prepare(request: ServiceRequest, respond: (text: string) => void): void {
    const { sub, tenant } = this.scope.identity;
    const agent = request.data['agent'] as { readonly id?: unknown };
    const why = this.#notOwn(agent.id);
    if (why !== null) return respond(this.#refusal(request, 'FORBIDDEN', why));
    // The one message that carries the password: it is checked and forgotten by whoever prepares.
    const body = JSON.stringify({ ...request.original, requestId: request.requestId, data: request.data });
    this.#preparing += 1;
    void this.ports.bus
      .request(subjects.prepare(tenant), body, { timeoutMs: PREPARE_TIMEOUT_MS, headers: actorHeaders(sub) })
      .then((answer) => {
        this.#preparing -= 1;
        respond(this.#answer(request, answer));
      });
  }

  async #bind(request: ServiceRequest, respond: (text: string) => void): Promise<void> {
    const { scope } = this;
    const session = request.target?.session ?? '';
    const why = this.#notOwn();
    if (why !== null) return respond(this.#refusal(request, 'FORBIDDEN', why));
    if (this.#binding) return respond(this.#refusal(request, 'INVALID_STATE', ADVICE.binding));
    if (scope.bound !== null && scope.bound.session !== session) {
      return respond(this.#refusal(request, 'INVALID_STATE', ADVICE.other));
    }
    this.#binding = true;
    try {
      await this.#bindTo(session, request, respond);
    } finally {
      this.#binding = false;
    }
  }

  async #bindTo(session: string, request: ServiceRequest, respond: (text: string) => void): Promise<void> {
    const { scope, ports } = this;
    const before = scope.bound;
    before?.stop({ unbind: false });
    scope.bound = null;
    const { sub: agentId, tenant } = scope.identity;
    const client = textOf(request.data['client']);
    const speaker = { tenant, agentId, session, binding: ports.newId(), client, signal: scope.signal };
    const next = new BoundSession(ports, speaker, scope);
    const answer = await next.bind(request);
    if (answer.ok && answer.value.granted) {
      ports.count('commands_answered');
      return this.#hold(next, answer.value.text, respond);
    }
    // The outcome may be unknown: whatever was bound must not keep others out.
    next.stop({ unbind: !answer.ok });
    if (!answer.ok) return respond(this.#answer(request, answer));
    ports.count('commands_answered');
    respond(answer.value.text);
  }

  #hold(next: BoundSession, text: string, respond: (text: string) => void): void {
    if (this.scope.signal.aborted) return next.stop({ unbind: true });
    this.scope.bound = next;
    respond(text);
    next.release();
  }

  async #renewToken(request: ServiceRequest, respond: (text: string) => void): Promise<void> {
    const renewed = await this.ports.verify(textOf(request.data['token']));
    if (!renewed.ok && renewed.error.kind === 'unavailable') {
      return respond(this.#refusal(request, 'SERVICE_UNAVAILABLE', renewed.error.message));
    }
    if (!renewed.ok) return respond(this.#refusal(request, 'FORBIDDEN', renewed.error.message));
    const { sub, tenant } = this.scope.identity;
    if (renewed.value.sub !== sub || renewed.value.tenant !== tenant) {
      respond(this.#refusal(request, 'FORBIDDEN', ADVICE.token));
      return this.scope.onForeignToken();
    }
    this.scope.onRenewed(renewed.value);
    this.ports.count('commands_answered');
    respond(JSON.stringify(successResponse(request, {})));
  }
}
