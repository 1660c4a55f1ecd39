import { confirmResponse, type ParsedRequest, parseRequest } from '@cordboard/agent-protocol';
import { answerResult, type BusMessage, deliver, HEADERS, subjects } from '@cordboard/bus';
import { EMPTY_HOUSE, type House } from '@cordboard/domain';
import { isId, isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';
import { type AdapterDirectory } from '../switch/adapter-directory.ts';
import { askControl, type ControlPlace } from '../switch/control-link.ts';
import { actorOf } from '../session/dispatch.ts';
import { isOverloaded, OVERLOADED } from './overload.ts';
import { type Ownership } from '../ownership/ownership.ts';
import { type EnginePorts, type EngineSettings } from '../ports.ts';
import { failure, success } from './responses.ts';
import { createSession, type NewSession } from './session-factory.ts';

interface Wish {
  readonly tenant: string;
  readonly processor: string;
  readonly agentId: string;
  readonly password: string;
  readonly model: string;
  readonly override: boolean;
  readonly requestId: string;
  readonly trace?: string | undefined;
}

const CLOSE_TIMEOUT_MS = 4_000;
const EXISTS =
  'You already have a session. Bind it to go on with it, or prepare again with override true to end it and begin a new one.';
const nobodyTakes = (processor: string): string =>
  `No adapter of the processor ${processor} takes sessions right now. Please try again in a moment.`;
const REFUSED = 'The phone system refused this agent. Check the id and the password.';
const SILENT = 'The phone system did not answer. Please try again in a moment.';
const NOT_ENDED = 'The present session could not be ended. Please try again in a moment.';
const NOT_STORED = 'The session could not be stored. Please try again in a moment.';
const IN_DOUBT =
  'It is not known whether the session was stored. Please prepare again: if it was, you are asked to bind to it.';
const BROKEN = 'The session could not be prepared. Please try again in a moment.';

/** What is not a plain extension is none: the agent may name one at the start. */
const extensionIn = (body: JsonObject): string | undefined => {
  const { agent } = body;
  const extension = isJsonObject(agent) && typeof agent.extension === 'string' ? agent.extension.trim() : '';
  return /^[^\p{Cc}]{1,64}$/u.test(extension) ? extension : undefined;
};

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The default needs no configuration; every other model has to be named in it. */
const refuseModel = ({ models }: House, model: string): string | null => {
  if (model === '' || Object.hasOwn(models, model)) return null;
  const known = Object.keys(models).filter((name) => name !== '');
  return known.length === 0
    ? 'data.model names a model and none is configured. Leave it out.'
    : `data.model is none of the configured models: ${known.join(', ')}. Name one of them, or none for the default.`;
};

/** Answers prepareSession: one live session an agent, made here or confirmed (design K2, section 7). */
export class PrepareHandler {
  constructor(
    private readonly ports: EnginePorts,
    private readonly settings: EngineSettings,
    private readonly worker: {
      readonly adapters: AdapterDirectory;
      readonly ownership: Ownership;
      /** Whether this worker can use its log. */
      readonly works: () => boolean;
    },
  ) {}

  async handle(message: BusMessage): Promise<void> {
    if (message.address?.kind !== 'prepare') return;
    const request = parseRequest(message.body);
    if (!request.ok) return answerResult(message, JSON.stringify(request.error));
    const wish = this.#wishOf(request.value, message, message.address.tenant);
    const answer = await this.#decide(wish, request.value, message).catch((error: unknown) => {
      this.ports.log.error('a session could not be prepared', { error: String(error) });
      return failure(request.value, 'SERVICE_UNAVAILABLE', BROKEN);
    });
    answerResult(message, answer);
  }

  #wishOf({ data, requestId }: ParsedRequest, message: BusMessage, tenant: string): Wish {
    const agent = (data.agent ?? {}) as Readonly<Record<string, Json>>;
    return {
      tenant,
      processor: text(data.processor).trim() || this.settings.defaultProcessor,
      agentId: text(agent.id),
      password: text(agent.password),
      model: text(data.model),
      override: data.override === true,
      requestId,
      trace: message.headers[HEADERS.trace],
    };
  }

  async #decide(wish: Wish, request: ParsedRequest, message: BusMessage): Promise<string> {
    const actor = actorOf(message);
    if (actor?.kind !== 'agent' || actor.id !== wish.agentId) {
      return failure(request, 'FORBIDDEN', 'An agent prepares its own session only.');
    }
    if (!isId(wish.processor)) {
      return failure(request, 'INVALID_DATA', 'data.processor is not a valid name.');
    }
    const unknownModel = refuseModel(this.settings.house?.(wish.tenant) ?? EMPTY_HOUSE, wish.model);
    if (unknownModel !== null) return failure(request, 'INVALID_DATA', unknownModel);
    if (!this.worker.works()) return failure(request, 'SERVICE_UNAVAILABLE', NOT_STORED);
    if (isOverloaded(this.ports.store)) {
      this.ports.metrics.count('commands_shed');
      return failure(request, 'SERVICE_UNAVAILABLE', OVERLOADED);
    }
    const existing = await this.ports.store.openSession(wish.tenant, wish.processor, wish.agentId);
    if (existing !== null && !wish.override) return confirm(request, existing);
    const adapter = await this.worker.adapters.pickSoon(wish.tenant, wish.processor);
    if (adapter === null) return failure(request, 'CTI_ERROR', nobodyTakes(wish.processor));
    const place = { tenant: wish.tenant, processor: wish.processor, instance: adapter.instance };
    const refusal = await this.#refusal(place, wish);
    if (refusal !== null) return failure(request, 'CTI_ERROR', refusal);
    const [extension, ended] = await Promise.all([
      this.#extension(place, wish),
      existing === null || this.#close(wish.tenant, existing),
    ]);
    if (!ended) return failure(request, 'SERVICE_UNAVAILABLE', NOT_ENDED);
    return this.#create({ ...wish, extension }, request);
  }

  /** Why the switch will not have this agent, or null. */
  async #refusal(place: ControlPlace, { agentId, password }: Wish): Promise<string | null> {
    const body = { id: agentId, password };
    const valid = await askControl(this.ports, place, 'cti.query.validateagent', body);
    if (valid.ok) return null;
    return valid.error === null ? SILENT : valid.error || REFUSED;
  }

  /** Where the agent sits, if the switch knows: adapters need not answer (bridge CTL-Q03). */
  async #extension(place: ControlPlace, { agentId }: Wish): Promise<string | undefined> {
    const known = await askControl(this.ports, place, 'cti.query.agentinfo', { id: agentId });
    return known.ok ? extensionIn(known.value.body) : undefined;
  }

  /** Ends the agent's present session for good; its calls stay up, they lose their observer (bridge D.9). */
  async #close(tenant: string, session: string): Promise<boolean> {
    const closed = await deliver(this.ports.bus, {
      subject: subjects.command(tenant, { session }, 'closeSession'),
      claim: subjects.claim(tenant),
      body: '{}',
      headers: { [HEADERS.actor]: `worker:${this.settings.workerId}` },
      clock: this.ports.clock,
      timeoutMs: CLOSE_TIMEOUT_MS,
    });
    return closed.ok;
  }

  async #create(wish: NewSession, request: ParsedRequest): Promise<string> {
    const made = await createSession(this.ports, this.settings, this.worker.ownership, wish);
    if (made.ok) return success(request, { session: { id: made.value } });
    const { error } = made;
    if ('code' in error) return failure(request, error.code, error.message);
    if (error.kind === 'agent-has-session') return confirm(request, error.sessionId);
    return failure(request, 'SERVICE_UNAVAILABLE', error.kind === 'unknown' ? IN_DOUBT : NOT_STORED);
  }
}

const confirm = (request: ParsedRequest, sessionId: string): string =>
  JSON.stringify(confirmResponse(request, EXISTS, { session: { id: sessionId } }));
