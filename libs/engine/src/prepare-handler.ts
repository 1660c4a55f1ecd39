import { confirmResponse, type ParsedRequest, parseRequest } from '@cordboard/agent-protocol';
import { answerResult, type BusMessage, deliver, HEADERS, subjects } from '@cordboard/bus';
import { controlTarget, parseCtiMessage } from '@cordboard/cti-protocol';
import { type Adapter } from '@cordboard/domain';
import { isId, type Result, err, ok } from '@cordboard/kernel';
import { type AdapterDirectory } from './adapter-directory.ts';
import { commandCause, workerCause } from './cause.ts';
import { actorOf } from './dispatch.ts';
import { type Ownership } from './ownership.ts';
import { type EnginePorts, type EngineSettings } from './ports.ts';
import { failure, success } from './responses.ts';
import { sessionIdAt } from './session-id.ts';
import { emptyMemory } from './session-memory.ts';

const VALIDATE_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_MS = 4_000;

interface Wish {
  readonly tenant: string;
  readonly processor: string;
  readonly agentId: string;
  readonly password: string;
  readonly model: string;
  readonly override: boolean;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const wishOf = (request: ParsedRequest, tenant: string, defaultProcessor: string): Wish => {
  const agent = (request.data.agent ?? {}) as Record<string, unknown>;
  return {
    tenant,
    processor: text(request.data.processor).trim() || defaultProcessor,
    agentId: text(agent.id),
    password: text(agent.password),
    model: text(request.data.model),
    override: request.data.override === true,
  };
};

const EXISTS =
  'You already have a session. Bind it to go on with it, or prepare again with override true to end it and begin a new one.';

/** Answers prepareSession: one live session an agent, made here or confirmed (design K2, section 7). */
export const createPrepareHandler = (
  ports: EnginePorts,
  settings: EngineSettings,
  adapters: AdapterDirectory,
  ownership: Ownership,
): ((message: BusMessage) => Promise<void>) => {
  const { bus, store, vault, clock, ids, log } = ports;

  const validate = async (wish: Wish, adapter: Adapter): Promise<Result<null, string>> => {
    const question = {
      header: {
        type: 'cti.query',
        name: 'cti.query.validateagent',
        target: controlTarget(wish.processor),
        requestId: ids.next(),
      },
      body: { id: wish.agentId, password: wish.password },
    };
    const answer = await bus.request(
      subjects.ctiControl(wish.tenant, wish.processor, adapter.instance),
      JSON.stringify(question),
      { timeoutMs: VALIDATE_TIMEOUT_MS },
    );
    if (!answer.ok) return err('The phone system did not answer. Please try again in a moment.');
    const parsed = parseCtiMessage(answer.value.body);
    if (parsed.ok && parsed.value.message.header.result === 'SUCCESS') return ok(null);
    const why = parsed.ok ? parsed.value.message.header.errorMessage : undefined;
    return err(why ?? 'The phone system refused this agent. Check the id and the password.');
  };

  /** Ends the agent's present session for good; its calls stay up, they lose their observer (bridge D.9). */
  const close = async (tenant: string, session: string): Promise<boolean> => {
    const closed = await deliver(bus, {
      subject: subjects.command(tenant, { session }, 'closeSession'),
      claim: subjects.claim(tenant),
      body: '{}',
      headers: { [HEADERS.actor]: `worker:${settings.workerId}` },
      clock,
      timeoutMs: CLOSE_TIMEOUT_MS,
    });
    return closed.ok;
  };

  const create = async (wish: Wish, request: ParsedRequest, trace?: string): Promise<string> => {
    const at = clock.now();
    const sessionId = sessionIdAt(await store.now());
    const keyring = vault.keyring(sessionId, wish.tenant, []);
    const session = ownership.build(emptyMemory(sessionId, wish.tenant), keyring);
    const { tenant, processor, agentId, model } = wish;
    const taken = session.runner.submit(
      {
        input: {
          kind: 'prepare',
          session: sessionId,
          tenant,
          processor,
          agent: { id: agentId },
          model,
          policy: settings.policy,
          at,
          seed: ids.next(),
        },
        cause: commandCause({ kind: 'agent', id: agentId }, request.requestId, trace),
      },
      {
        input: { kind: 'claim', epoch: 1, worker: settings.workerId, at, seed: ids.next() },
        cause: workerCause(settings.workerId, 'claim', request.requestId),
      },
    );
    if (!taken.ok) return failure(request, taken.error.code, taken.error.message);
    const error = await taken.value;
    if (error === null) {
      await ownership.adopt(session);
      return success(request, { session: { id: sessionId } });
    }
    session.dispose();
    if (error.kind === 'agent-has-session') return confirm(request, error.sessionId);
    return failure(request, 'SERVICE_UNAVAILABLE', 'The session could not be stored. Please try again in a moment.');
  };

  const confirm = (request: ParsedRequest, sessionId: string): string =>
    JSON.stringify(confirmResponse(request, EXISTS, { session: { id: sessionId } }));

  const prepare = async (wish: Wish, request: ParsedRequest, trace?: string): Promise<string> => {
    const { tenant, processor, agentId } = wish;
    const existing = await store.openSession(tenant, processor, agentId);
    if (existing !== null && !wish.override) return confirm(request, existing);
    const adapter = adapters.pick(tenant, processor);
    if (adapter === null) {
      const why = `No adapter of the processor ${processor} takes sessions right now. Please try again in a moment.`;
      return failure(request, 'CTI_ERROR', why);
    }
    const valid = await validate(wish, adapter);
    if (!valid.ok) return failure(request, 'CTI_ERROR', valid.error);
    if (existing !== null && !(await close(tenant, existing))) {
      const why = 'The present session could not be ended. Please try again in a moment.';
      return failure(request, 'SERVICE_UNAVAILABLE', why);
    }
    return create(wish, request, trace);
  };

  return async (message) => {
    if (message.address?.kind !== 'prepare') return;
    const request = parseRequest(message.body);
    if (!request.ok) return answerResult(message, JSON.stringify(request.error));
    const wish = wishOf(request.value, message.address.tenant, settings.defaultProcessor);
    const actor = actorOf(message);
    if (actor?.kind !== 'agent' || actor.id !== wish.agentId) {
      return answerResult(message, failure(request.value, 'FORBIDDEN', 'An agent prepares its own session only.'));
    }
    if (!isId(wish.processor)) {
      return answerResult(message, failure(request.value, 'INVALID_DATA', 'data.processor is not a valid name.'));
    }
    const answer = await prepare(wish, request.value, message.headers[HEADERS.trace]).catch((error: unknown) => {
      log.error('a session could not be prepared', { error: String(error) });
      return failure(request.value, 'SERVICE_UNAVAILABLE', 'The session could not be prepared. Please try again.');
    });
    answerResult(message, answer);
  };
};
