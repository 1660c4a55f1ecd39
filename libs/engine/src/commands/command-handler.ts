import { type ParsedRequest } from '@cordboard/agent-protocol';
import { answerResult, type BusMessage, HEADERS } from '@cordboard/bus';
import { type Command, type Rejection } from '@cordboard/domain';
import { type Actor, err, ok, type Result } from '@cordboard/kernel';
import { commandFromWire } from '@cordboard/translation';
import { type AdapterDirectory } from '../switch/adapter-directory.ts';
import { commandCause } from '../session/cause.ts';
import { digestOf, knownCommand, recordedOutcome } from './known-command.ts';
import { type OwnedSession } from '../session/owned-session.ts';
import { type EnginePorts } from '../ports.ts';
import { isOverloaded, OVERLOADED } from './overload.ts';
import { answerOutcome, answerUnstored, failure, rejected } from './responses.ts';

const REUSED = 'This requestId was used for another command. Use a fresh one for each command.';

/** Commands of the WebSocket profile are the edge's; one that comes through to an owner is not for it. */
const commandOf = (request: ParsedRequest): Result<Command, Rejection> =>
  request.kind === 'session'
    ? ok(commandFromWire(request))
    : err({ code: 'NOT_SUPPORTED', message: `${request.command} is not a command of a session.` });

/** Takes an agent's command in: once, however often it is sent (design K10). */
export class CommandHandler {
  constructor(
    private readonly ports: Pick<
      EnginePorts,
      'bus' | 'store' | 'vault' | 'clock' | 'ids' | 'metrics' | 'log'
    >,
    private readonly adapters: AdapterDirectory,
  ) {}

  handle(session: OwnedSession, message: BusMessage, request: ParsedRequest, actor: Actor): void {
    const { metrics } = this.ports;
    metrics.count('commands');
    const digest = digestOf(this.ports, session.runner.state.tenant, request);
    const known = knownCommand(session.runner, request, digest);
    if (known.kind === 'unknown') return this.#take(session, message, request, { actor, digest });
    metrics.count('commands_repeated');
    if (known.kind === 'done') return void this.#repeat(session, message, request, known.seq);
    if (known.kind === 'pending') return session.replies.wait(request.requestId, message, request);
    const reused = failure(request, 'REQUEST_ID_REUSED', REUSED, session.standing);
    session.say(() => answerResult(message, reused));
  }

  #take(
    session: OwnedSession,
    message: BusMessage,
    request: ParsedRequest,
    { actor, digest }: { readonly actor: Actor; readonly digest: string },
  ): void {
    const { clock, ids, store, metrics } = this.ports;
    const { runner, replies } = session;
    const { requestId } = request;
    if (isOverloaded(store)) {
      metrics.count('commands_shed');
      return session.say(() => answerResult(message, failure(request, 'SERVICE_UNAVAILABLE', OVERLOADED)));
    }
    const command = commandOf(request);
    if (!command.ok) return this.#reject(session, message, request, command.error);
    const taken = runner.submit({
      input: {
        kind: 'command',
        commandId: requestId,
        digest,
        binding: message.headers[HEADERS.binding] ?? '',
        command: command.value,
        adapter: this.adapters.pick(runner.state.tenant, runner.state.processor),
        at: clock.now(),
        seed: ids.next(),
      },
      cause: commandCause(actor, requestId, message.headers[HEADERS.trace]),
    });
    if (!taken.ok) return this.#reject(session, message, request, taken.error);
    replies.wait(requestId, message, request);
    void taken.value.then((error) => {
      if (error !== null) answerUnstored(message, request, error);
    });
  }

  #reject(session: OwnedSession, message: BusMessage, request: ParsedRequest, rejection: Rejection): void {
    this.ports.metrics.count('commands_rejected');
    const refusal = rejected(request, rejection, session.standing);
    session.say(() => answerResult(message, refusal));
  }

  async #repeat(
    { runner, standing }: OwnedSession,
    message: BusMessage,
    request: ParsedRequest,
    seq: number,
  ): Promise<void> {
    try {
      const outcome = await recordedOutcome(this.ports, runner, seq);
      if (outcome !== null) answerOutcome(this.ports.bus, { message, request }, outcome, standing);
    } catch (error) {
      this.ports.log.error('an outcome could not be read', { error: String(error) });
    }
  }
}
