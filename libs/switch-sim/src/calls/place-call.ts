import { ok } from '@cordboard/kernel';
import { MAX_TEXT_LENGTH } from '../limits.ts';
import { agentOf, type Decision, newId, queueOf, reject } from '../lookup.ts';
import { type SwitchState } from '../model.ts';
import { offerQueued } from '../queue.ts';
import { inOrder, say } from '../steps.ts';
import { type Arrival, type OutsideOperation } from '../switch-input.ts';
import { isCallData } from '../work/attached-data.ts';
import { findDestination, findLine } from './destination.ts';
import { endCall } from './end-call.ts';
import { newCall } from './new-call.ts';
import { outsideMember } from './plan.ts';
import { reach, whyUnreachable } from './reach.ts';

type Placing = Arrival & Extract<OutsideOperation, { readonly kind: 'place-call' }>;

const CALLER = /^\+?[0-9*#]{1,32}$/;

/** What is wrong with who calls, or writes, to whom; null when nothing is. */
export const wrongAddress = (
  state: SwitchState,
  input: Pick<Placing, 'to' | 'name' | 'data'>,
): string | null => {
  if (queueOf(state, input.to) === undefined && agentOf(state, input.to) === undefined) {
    return `to must be an extension or one of the queues ${state.queues.map(({ number }) => number).join(', ')}`;
  }
  if (input.name !== undefined && input.name.length > MAX_TEXT_LENGTH) return 'name is too long';
  return input.data === undefined || isCallData(input.data)
    ? null
    : 'data must be texts, or objects of texts';
};

/** Somebody outside calls an extension or a queue. */
export const placeCall = (state: SwitchState, input: Placing): Decision => {
  const { at, from, name, to, data = {} } = input;
  const wrong = wrongAddress(state, input) ?? (CALLER.test(from) ? null : 'from must be a number');
  if (wrong !== null) return reject('invalid', wrong);
  const destination = findDestination(state, to);
  if (!destination.ok) return destination;
  const line = findLine(state);
  if (!line.ok) return line;
  const call = newId(state, input.seed);
  const caller = { number: from, name };
  const members = [outsideMember({ ...caller, invited: null }, [], at)];
  const placed = newCall({ id: call, no: state.idsMade, from: caller, to, data, members, placedAt: at });
  const agent = destination.value.kind === 'agent' ? destination.value.agent : null;
  const next =
    agent !== null && whyUnreachable(agent) !== null
      ? endCall(call, at, 'busy')
      : reach(call, { to: destination.value, invited: { to: 'call', by: null } }, input);
  return ok(inOrder(state, say({ type: 'CallPlaced', call, placed }), next, offerQueued(input)));
};
