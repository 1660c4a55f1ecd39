import { parseRequest } from '@cordboard/agent-protocol';
import { sessionDecider, type SessionState } from '@cordboard/domain';
import { isJsonObject, type JsonObject } from '@cordboard/kernel';
import { commandFromWire } from '@cordboard/translation';
import { type Answered, type Asked } from '../world/records.ts';
import { type World } from '../world/world.ts';
import { foldStream } from './history.ts';
import { type Report } from './violation.ts';

/** Says "again" or is about the socket alone; no statement about the session. */
const NO_STATEMENT = new Set(['SERVICE_UNAVAILABLE', 'TOO_MANY_REQUESTS']);
const UNBOUND = 'No session is bound';
const SEED = '019b76da-a800-7000-8000-ff00000000ff';

type Folded = ReturnType<typeof foldStream>;

const codeOf = ({ failure }: JsonObject): string =>
  isJsonObject(failure) && typeof failure.code === 'string' ? failure.code : '';

const messageOf = ({ failure }: JsonObject): string =>
  isJsonObject(failure) && typeof failure.message === 'string' ? failure.message : '';

const ADAPTER = { instance: 'sim-1', capabilities: {} };

/** What the rules say to this command in that state, through the binding that is bound and through another one. */
const verdicts = (state: SessionState, { command, requestId, target, data }: Asked): readonly string[] => {
  const request = parseRequest(JSON.stringify({ command, requestId, target, data }));
  if (!request.ok) return ['INVALID_REQUEST'];
  const { value } = request;
  if (value.kind !== 'session') return [];
  return [state.client?.binding ?? 'none', 'another'].flatMap((binding) =>
    [ADAPTER, state.adapter, null].map((adapter) => {
      const decided = sessionDecider.decide(state, {
        kind: 'command',
        commandId: requestId,
        digest: '',
        binding,
        command: commandFromWire(value),
        adapter,
        at: Number.MAX_SAFE_INTEGER / 1_024,
        seed: SEED,
      });
      return decided.ok ? 'taken' : decided.error.code;
    }),
  );
};

const isOfPrefix = ({ database }: World, folded: Folded, asked: Asked, answer: Answered): boolean => {
  const code = codeOf(answer.body);
  const stepOf = ({ row }: Folded[number]): number =>
    database.storedAt.get(`${row.sessionId}/${String(row.seq)}`)?.step ?? Infinity;
  return folded.some((one, index) => {
    const next = folded[index + 1];
    const stood = stepOf(one) <= answer.step && (next === undefined || stepOf(next) >= asked.step);
    return stood && verdicts(one.state, asked).includes(code);
  });
};

const checkPrepare = (world: World, asked: Asked, answer: Answered, report: Report): void => {
  if (answer.body.result !== 'confirm' || asked.times !== 1) return;
  const made = [...world.database.log.streams.values()].some(
    ([first]) => first?.type === 'SessionPrepared' && first.meta.commandId === asked.requestId,
  );
  if (made)
    report('serial-replies', `${asked.requestId} made a session and was told that there is one already`);
};

/** Answers fit one order of everything: outcomes are those of the log, refusals those of a state that there was. */
export const serialReplies = (world: World, report: Report): void => {
  const folds = new Map<string, Folded>();
  const foldOf = (session: string): Folded => {
    const known = folds.get(session) ?? foldStream(world.database, session);
    folds.set(session, known);
    return known;
  };
  for (const asked of world.clients.asked.values()) {
    const { command, requestId, target, answers } = asked;
    if (command === 'bindSession') continue;
    for (const answer of answers) {
      if (command === 'prepareSession') {
        checkPrepare(world, asked, answer, report);
        continue;
      }
      const code = codeOf(answer.body);
      if (code === '' || NO_STATEMENT.has(code) || messageOf(answer.body).startsWith(UNBOUND)) continue;
      const folded = foldOf(target.split('.')[0] ?? '');
      const stored = folded.find(
        ({ event }) => event.type === 'CommandCompleted' && event.data.commandId === requestId,
      );
      const outcome = stored?.event.type === 'CommandCompleted' ? stored.event.data.outcome : null;
      if (outcome?.result === 'failure' && outcome.code === code) continue;
      if (!isOfPrefix(world, folded, asked, answer)) {
        report(
          'serial-replies',
          `${command} ${requestId} was refused with ${code}, which no state of that time says`,
        );
      }
    }
  }
};
