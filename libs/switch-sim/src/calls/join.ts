import { ok, type Result } from '@cordboard/kernel';
import { MAX_DATA_KEYS, MAX_MEMBERS } from '../limits.ts';
import { callOf, type Decision, isConnected, legRef, type Line, reject, workRef } from '../lookup.ts';
import { type Call, type CallData, type Leg, type Member, type SwitchState, type Work } from '../model.ts';
import { inOrder, say, type Step } from '../steps.ts';
import { type SwitchEvent } from '../switch-event.ts';
import { type Arrival, type SwitchRejection } from '../switch-input.ts';
import { endIfDead, endLeg, leftAlone, plainly, tellRemoved } from './end-call.ts';
import { asParty, joined, linesOf, memberOf } from './members.ts';

/** Both calls of an agent who consults. */
interface Pair {
  readonly primary: Leg;
  readonly consult: Leg;
  readonly first: Call;
  readonly second: Call;
}

const pairOf = (state: SwitchState, { primary, consult }: Work): Result<Pair, SwitchRejection> => {
  if (!isConnected(primary) || !isConnected(consult))
    return reject('wrong-state', 'both calls must be connected: wait until the consulted party answers');
  const [first, second] = [callOf(state, primary.call), callOf(state, consult.call)];
  if (first === undefined || second === undefined)
    return reject('unknown', 'the switch no longer has this call');
  return ok({ primary, consult, first, second });
};

const joinable = ({ first, second }: Pair, agent: string): Decision | null => {
  const twice = second.members.find(
    ({ number }) => number !== agent && memberOf(first, number) !== undefined,
  );
  if (twice !== undefined)
    return reject('wrong-state', `${twice.number} is on both calls: release one of them`);
  if (first.members.length + second.members.length - 1 > MAX_MEMBERS)
    return reject('limit', `a call has ${String(MAX_MEMBERS)} parties at most: remove one first`);
  return null;
};

const added = (line: Line, members: readonly Member[]): readonly SwitchEvent[] =>
  members
    .filter(({ number }) => number !== line.work.agent)
    .filter(({ number }) => !line.leg.parties.some((known) => known.number === number))
    .map((member) => ({ type: 'PartyAdded', ...legRef(line), party: asParty(member) }));

/** Everyone on a call hears of those who are there and were not known yet. */
const tellAdded =
  (id: string): Step =>
  (state) => {
    const call = callOf(state, id);
    return call === undefined ? [] : linesOf(state, call).flatMap((line) => added(line, joined(call)));
  };

const differing = (data: CallData, known: CallData): CallData =>
  Object.fromEntries(Object.entries(data).filter(([key, value]) => known[key] !== value));

/** The data of both calls goes on with the one that stays; on a clash the customer's call has its say. */
const shareData =
  ({ first, second }: Pair): Step =>
  (state) => {
    const call = callOf(state, first.id);
    if (call === undefined) return [];
    const all = Object.entries({ ...second.data, ...first.data }).slice(0, MAX_DATA_KEYS);
    const data: CallData = Object.fromEntries(all);
    const news = differing(data, call.data);
    const changed = linesOf(state, call).flatMap((line): readonly SwitchEvent[] => {
      const changes = differing(data, line.work.data);
      return Object.keys(changes).length === 0
        ? []
        : [{ type: 'DataChanged', ...workRef(line.work), changes }];
    });
    return Object.keys(news).length === 0
      ? changed
      : [{ type: 'CallDataChanged', call: first.id, changes: news }, ...changed];
  };

const merge = ({ first, second }: Pair, at: number): readonly Step[] => [
  say({ type: 'CallsMerged', call: first.id, from: second.id }),
  tellAdded(first.id),
  say({ type: 'CallEnded', call: second.id, at, reason: 'joined another call' }),
];

/** Both sides are joined and the agent leaves them to each other. */
export const consultTransfer = (state: SwitchState, work: Work, { at }: Arrival): Decision => {
  const found = pairOf(state, work);
  if (!found.ok) return found;
  const refused = joinable(found.value, work.agent);
  if (refused !== null) return refused;
  const { primary, consult, first } = found.value;
  return ok(
    inOrder(
      state,
      endLeg({ work, leg: primary }, at),
      endLeg({ work, leg: consult }, at),
      ...merge(found.value, at),
      tellRemoved(first.id, work.agent),
      shareData(found.value),
      leftAlone(first.id, at),
      endIfDead(first.id, at, 'nobody left'),
    ),
  );
};

/** All of the consult call come into the first one, where the agent stays. */
export const consultConference = (state: SwitchState, work: Work, { at }: Arrival): Decision => {
  const found = pairOf(state, work);
  if (!found.ok) return found;
  const refused = joinable(found.value, work.agent);
  if (refused !== null) return refused;
  const { primary, consult, second } = found.value;
  const line = { work, leg: primary };
  return ok(
    inOrder(
      state,
      say(...added(line, joined(second))),
      primary.media === 'TALKING' ? say() : say({ type: 'LegTalking', ...legRef(line) }),
      say(plainly({ work, leg: consult })),
      ...merge(found.value, at),
      shareData(found.value),
    ),
  );
};
