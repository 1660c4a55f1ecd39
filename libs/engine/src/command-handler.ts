import { type ParsedRequest } from '@cordboard/agent-protocol';
import { answerResult, type BusMessage, HEADERS } from '@cordboard/bus';
import { pendingCommand } from '@cordboard/domain';
import { type Actor } from '@cordboard/kernel';
import { commandFromWire, fromRecord } from '@cordboard/translation';
import { type AdapterDirectory } from './adapter-directory.ts';
import { commandCause } from './cause.ts';
import { type OwnedSession } from './owned-session.ts';
import { type EnginePorts } from './ports.ts';
import { answerUnstored, commandResponse, failure, rejected } from './responses.ts';

export interface CommandHandler {
  readonly handle: (session: OwnedSession, message: BusMessage, request: ParsedRequest, actor: Actor) => void;
}

const reused = (request: ParsedRequest): string =>
  failure(
    request,
    'REQUEST_ID_REUSED',
    'This requestId was used for another command. Use a fresh one for each command.',
  );

/** Takes an agent's command in: once, however often it is sent (design K10). */
export const createCommandHandler = (
  ports: Pick<EnginePorts, 'store' | 'vault' | 'clock' | 'ids' | 'metrics' | 'log'>,
  adapters: AdapterDirectory,
): CommandHandler => {
  const { store, vault, clock, ids, metrics, log } = ports;

  /** Answers a command whose outcome stands in the log. */
  const repeatOutcome = async (
    { runner }: OwnedSession,
    message: BusMessage,
    request: ParsedRequest,
    seq: number,
  ): Promise<void> => {
    await runner.settled;
    const [rows, keys] = await Promise.all([
      store.read(runner.sessionId, { after: seq - 1, upTo: seq }),
      store.keys(runner.sessionId),
    ]);
    const keyring = vault.keyring(runner.sessionId, runner.state.tenant, keys);
    for (const row of rows) {
      const event = fromRecord({ ...row, data: keyring.open(row) });
      if (event.ok && event.value.type === 'CommandCompleted') {
        answerResult(message, commandResponse(request, event.value.data.outcome));
      }
    }
  };

  /** True when the command is known already and was dealt with. */
  const isRepetition = (
    session: OwnedSession,
    message: BusMessage,
    request: ParsedRequest,
    digest: string,
  ): boolean => {
    const { requestId } = request;
    const pending = pendingCommand(session.runner.state, requestId);
    const known = session.runner.memory.ledger.find(digest);
    if (pending === null && known.kind === 'unknown') return false;
    metrics.count('commands_repeated');
    if (known.kind === 'reused' || (pending !== null && pending.digest !== digest)) {
      answerResult(message, reused(request));
    } else if (known.kind === 'done') {
      repeatOutcome(session, message, request, known.seq).catch((error: unknown) =>
        log.error('an outcome could not be read', { error: String(error) }),
      );
    } else session.replies.wait(requestId, message, request);
    return true;
  };

  const handle: CommandHandler['handle'] = (session, message, request, actor) => {
    const { runner } = session;
    const { requestId, canonical, data, target } = request;
    const { state } = runner;
    metrics.count('commands');
    const content = JSON.stringify([canonical, request.path, data]);
    const digest = vault.digest(state.tenant, requestId, content);
    if (isRepetition(session, message, request, digest)) return;
    const command = commandFromWire(canonical, target, data);
    if (!command.ok) {
      metrics.count('commands_rejected');
      return answerResult(message, rejected(request, command.error));
    }
    const taken = runner.submit({
      input: {
        kind: 'command',
        commandId: requestId,
        digest,
        binding: message.headers[HEADERS.binding] ?? '',
        command: command.value,
        adapter: adapters.pick(state.tenant, state.processor),
        at: clock.now(),
        seed: ids.next(),
      },
      cause: commandCause(actor, requestId, message.headers[HEADERS.trace]),
    });
    if (!taken.ok) {
      metrics.count('commands_rejected');
      return answerResult(message, rejected(request, taken.error));
    }
    session.replies.wait(requestId, message, request);
    void taken.value.then((error) => {
      if (error !== null) answerUnstored(message, request, error);
    });
  };

  return { handle };
};
