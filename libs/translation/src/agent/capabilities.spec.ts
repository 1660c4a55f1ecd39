import { COMMANDS, parseRequest } from '@cordboard/agent-protocol';
import { allowedCommands, sessionDecider, type SessionEvent, type SessionState } from '@cordboard/domain';
import { formatTarget, type JsonObject, type Target, targetKind } from '@cordboard/kernel';
import {
  ADAPTER,
  beginWalk,
  type Draw,
  INBOUND_CALL,
  OUTBOUND_CALL,
  plausible,
  type SessionScenario,
  sessionScenario,
  walkStep,
  walkRuns,
} from '@cordboard/testing/scenario';
import fc from 'fast-check';
import { fromRecord } from '../record/from-record.ts';
import { toRecord } from '../record/to-record.ts';
import { commandFromWire } from './command-from-wire.ts';
import { wireNameOf } from './command-names.ts';

const SEED = '019a0000-0000-7000-8000-000000000000';
/** Good for every command: what one does not look at does not matter. */
const DATA: JsonObject = {
  destination: '5550100',
  reasoncode: 'acw',
  channel: { id: 'c', endpoint: 'e', type: 'Chat' },
  channelgroup: { name: 'PROJECT' },
  key: 'k',
  value: 'v',
  disposition: 'Sold',
  digits: '1',
  number: '+12025550123',
};

type Told = Readonly<Record<string, boolean>>;

/** Whether a request of this name would be taken from whoever is bound. */
const isTaken = (state: SessionState, name: string, target: Target): boolean => {
  const request = parseRequest(
    JSON.stringify({ command: name, requestId: 'r', target: formatTarget(target), data: DATA }),
  );
  if (!request.ok || request.value.kind !== 'session') throw new Error(`${name} is no command`);
  const input = { commandId: 'new', digest: 'd', binding: 'b', adapter: ADAPTER, at: 1, seed: SEED };
  return sessionDecider.decide(
    { ...state, client: { client: 'tab', binding: 'b' }, absence: null },
    { kind: 'command', command: commandFromWire(request.value), ...input },
  ).ok;
};

/** Nothing goes on that could refuse for a while what the object's state admits. */
const isAtRest = ({ commands, requests, interactions }: SessionState): boolean =>
  commands.length === 0 && requests.length === 0 && interactions.length === 0;

const namesOf = (target: Target): readonly string[] =>
  COMMANDS.filter(({ kind }) => kind === targetKind(target)).map(({ name }) => name);

const trueIn = (told: Told): readonly string[] => Object.keys(told).filter((name) => told[name] === true);

/** What one `state.updated` tells of the commands of its object. */
const checkTold = (told: Told, state: SessionState, target: Target): void => {
  const names = namesOf(target);
  expect(Object.keys(told)).toEqual(names);
  expect(new Set(trueIn(told))).toEqual(new Set(allowedCommands(state, target).map(wireNameOf)));
  const taken = names.filter((name) => isTaken(state, name, target));
  expect(trueIn(told)).toEqual(expect.arrayContaining([...taken]));
  if (isAtRest(state)) expect(trueIn(told)).toEqual(taken);
};

/** Everything that the wire said of each object's commands last; what is stored and read again folds to the same. */
const toldBy = (history: readonly SessionEvent[]): ReadonlyMap<string, { target: Target; told: Told }> => {
  const last = new Map<string, { target: Target; told: Told }>();
  let folded = sessionDecider.initialState;
  const lived = history.reduce((before, event) => {
    const state = sessionDecider.evolve(before, event);
    const record = JSON.parse(JSON.stringify(toRecord(event, state))) as ReturnType<typeof toRecord>;
    const read = fromRecord(record);
    if (!read.ok) throw new Error(read.error);
    expect(read.value.target).toEqual(event.target);
    folded = sessionDecider.evolve(folded, read.value);
    if (record.name === 'state.updated') {
      const told = record.data.capabilities as Told;
      checkTold(told, state, event.target);
      last.set(record.target, { target: event.target, told });
    }
    if (event.type.endsWith('Disposed')) last.delete(record.target);
    return state;
  }, sessionDecider.initialState);
  expect(folded).toEqual(lived);
  return last;
};

const checkWalk = (s: SessionScenario): void => {
  const state = s.state();
  for (const { target, told } of toldBy(s.history()).values()) {
    const taken = namesOf(target).filter((name) => isTaken(state, name, target));
    expect([formatTarget(target), trueIn(told)]).toEqual([
      formatTarget(target),
      expect.arrayContaining([...taken]),
    ]);
  }
};

const draws = fc.array(
  fc.record({ kind: fc.nat(99), what: fc.nat(999), where: fc.nat(999), how: fc.nat(999) }),
  { maxLength: 80, size: 'max' },
);

describe('the capabilities that state.updated tells', () => {
  it('are true exactly for the commands that the session takes, in random lives', () => {
    const walk = (some: readonly Draw[]): void => {
      const s = sessionScenario();
      beginWalk(s, some[0]?.how ?? 0);
      some.forEach((draw) => walkStep(s, draw));
      checkWalk(s);
    };
    fc.assert(fc.property(draws, walk), walkRuns(40));
  });

  it('are, when a call is over and completed, those that the session takes, and no others', () => {
    const s = sessionScenario(INBOUND_CALL);
    s.start();
    s.offer();
    s.send(plausible('AnswerConversation', s.conversation()));
    s.answerAll();
    s.fact({ type: 'ConversationTalking', target: s.conversation() });
    s.fact({ type: 'ConversationEnded', target: s.conversation() });
    s.answerAll();
    s.send(plausible('CompleteInteraction', s.interaction()));
    s.answerAll();
    for (const { target, told } of toldBy(s.history()).values()) {
      expect(trueIn(told)).toEqual(namesOf(target).filter((name) => isTaken(s.state(), name, target)));
    }
    expect(trueIn(toldBy(s.history()).get(formatTarget(s.channel()))?.told ?? {})).toEqual([
      'channel.request.deactivate',
      'channel.request.ready',
      'channel.request.notready',
      'channel.request.dial',
    ]);
  });

  it('let a call be answered that was dialling and rings after all', () => {
    const s = sessionScenario(OUTBOUND_CALL);
    s.start();
    s.offer();
    s.fact({ type: 'ConversationRinging', target: s.conversation() });
    const told = toldBy(s.history()).get(formatTarget(s.conversation()))?.told ?? {};
    expect(trueIn(told)).toContain('conversation.request.answer');
    expect(s.send(plausible('AnswerConversation', s.conversation()))).toMatchObject({ ok: true });
  });
});
