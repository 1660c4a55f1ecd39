import { ok } from '@cordboard/kernel';
import { linesOf } from '../calls/members.ts';
import { callOf, type Decision, isLive, reject, workRef } from '../lookup.ts';
import { type Call, type CallData, type SwitchState, type Work } from '../model.ts';
import { type SwitchEvent } from '../switch-event.ts';
import { isCallData } from './attached-data.ts';

const callsOf = (state: SwitchState, { primary, consult }: Work): readonly Call[] =>
  [primary, consult].filter(isLive).flatMap(({ call }) => callOf(state, call) ?? []);

/** Attaches data to what an agent handles; all agents on its calls see it. */
export const setData = (
  state: SwitchState,
  work: Work,
  { key, value }: { readonly key: string; readonly value: CallData[string] },
): Decision => {
  if (work.state === 'COMPLETED') return reject('wrong-state', 'the interaction is completed');
  const changes: CallData = { [key]: value };
  const calls = callsOf(state, work);
  const full = [work, ...calls].some(
    ({ data }) => !Object.hasOwn(data, key) && !isCallData({ ...data, ...changes }),
  );
  if (!isCallData(changes))
    return reject('invalid', 'key and value must be short texts, or the value texts by key');
  if (full) return reject('limit', 'the interaction has no room for another key: overwrite one');
  const others = calls.flatMap((call) => linesOf(state, call).map((line) => line.work));
  const works = [work, ...others.filter(({ id }) => id !== work.id)];
  const onCalls = calls.map(({ id }): SwitchEvent => ({ type: 'CallDataChanged', call: id, changes }));
  const seen = works.map((other): SwitchEvent => ({ type: 'DataChanged', ...workRef(other), changes }));
  return ok([...onCalls, ...seen]);
};
