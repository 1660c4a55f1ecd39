import { ok, type Result } from '@cordboard/kernel';
import { answerCall } from './answer-call.ts';
import { isCallData } from './call-data.ts';
import { asFailed, endCall } from './end-call.ts';
import { MAX_LIVE_CALLS, MAX_TEXT_LENGTH } from './limits.ts';
import { agentOf, callOf, isReachable, liveCalls, newId, reject } from './lookup.ts';
import { type Call, type SwitchState } from './model.ts';
import { newCall } from './new-call.ts';
import { ringAgent } from './offer-leg.ts';
import { offerQueued } from './queue.ts';
import { inOrder, type Step } from './steps.ts';
import { type SwitchEvent } from './switch-event.ts';
import { type Arrival, type OutsideOperation, type SwitchRejection } from './switch-input.ts';
import { tones } from './tones.ts';

type Decision = Result<readonly SwitchEvent[], SwitchRejection>;
type Placing = Arrival & Extract<OutsideOperation, { readonly kind: 'place-call' }>;
type OnCall = Arrival & Extract<OutsideOperation, { readonly call: string }>;

const CALLER = /^\+?[0-9*#]{1,32}$/;

const ringExtension =
  (call: Call, input: Placing): Step =>
  (state) => {
    const agent = agentOf(state, call.to);
    return agent !== undefined && isReachable(agent)
      ? ringAgent(call, agent, input)(state)
      : endCall(call, input.at, 'busy')(state);
  };

const refusal = (state: SwitchState, input: Placing): string | null => {
  if (input.to !== state.queue && agentOf(state, input.to) === undefined) {
    return `to must be an extension or the queue ${state.queue}`;
  }
  if (!CALLER.test(input.from)) return 'from must be a number';
  if (input.name !== undefined && input.name.length > MAX_TEXT_LENGTH) return 'name is too long';
  return input.data === undefined || isCallData(input.data)
    ? null
    : 'data must be texts, or objects of texts';
};

const placeCall = (state: SwitchState, input: Placing): Decision => {
  const wrong = refusal(state, input);
  if (wrong !== null) return reject('invalid', wrong);
  if (liveCalls(state).length >= MAX_LIVE_CALLS) return reject('limit', 'the switch has no free line');
  const toQueue = input.to === state.queue;
  const placed = newCall({
    id: newId(state, input.seed),
    from: { number: input.from, name: input.name },
    to: input.to,
    data: input.data ?? {},
    outside: 'caller',
    queue: toQueue ? input.to : null,
    status: toQueue ? 'queued' : 'ringing',
    placedAt: input.at,
  });
  const next = toQueue ? offerQueued(input) : ringExtension(placed, input);
  return ok(inOrder(state, () => [{ type: 'CallPlaced', call: placed.id, placed }], next));
};

const outsideAnswers = (state: SwitchState, call: Call, at: number): Decision =>
  call.outside === 'called' && call.status === 'dialing'
    ? ok(answerCall(call, at)(state))
    : reject('wrong-state', 'the outside party is not being rung');

const hangUpReason = (call: Call): string => {
  if (call.status === 'talking') return 'outside party hung up';
  return call.outside === 'caller' ? 'abandoned' : 'refused';
};

/** The outside party leaves, in whatever state the call is. */
export const outsideLeaves =
  (call: Call, at: number): Step =>
  (state) =>
    call.status === 'dialing'
      ? endCall(call, at, 'refused', asFailed('the call was refused'))(state)
      : endCall(call, at, hangUpReason(call))(state);

const clearCalls = (state: SwitchState, { at }: Arrival): Decision =>
  ok(
    inOrder(state, ...liveCalls(state).map((call) => endCall(call, at, 'cleared')), () => [
      { type: 'CallsCleared' },
    ]),
  );

const onCall = (state: SwitchState, call: Call, input: OnCall): Decision => {
  if (call.status === 'ended') return reject('wrong-state', 'the call has ended');
  if (call.outside === null) return reject('wrong-state', 'the call has no outside party');
  switch (input.kind) {
    case 'outside-answers':
      return outsideAnswers(state, call, input.at);
    case 'outside-hangs-up':
      return ok(inOrder(state, outsideLeaves(call, input.at), offerQueued(input)));
    case 'outside-sends-tones':
      return call.status === 'talking'
        ? tones(call.id, 'byOutside', input.digits)
        : reject('wrong-state', 'nobody is on the call yet');
  }
};

/** Decides what the world outside leads to. */
export const decideOutsideOperation = (state: SwitchState, input: Arrival & OutsideOperation): Decision => {
  if (input.kind === 'place-call') return placeCall(state, input);
  if (input.kind === 'clear-calls') return clearCalls(state, input);
  const call = callOf(state, input.call);
  return call === undefined
    ? reject('unknown', `there is no call ${input.call}`)
    : onCall(state, call, input);
};
