import { ok, type Result } from '@cordboard/kernel';
import { agentOf, queueOf, reject } from '../lookup.ts';
import { type Agent, type Party, type SwitchState } from '../model.ts';
import { type SwitchRejection } from '../switch-input.ts';
import { partyOf } from './members.ts';
import { isRefused } from './number-behaviour.ts';

const NUMBER = /^\+?[0-9*#]{1,32}$/;

/** Where a number leads. */
export type Destination =
  | { readonly kind: 'queue'; readonly party: Party }
  | { readonly kind: 'agent'; readonly party: Party; readonly agent: Agent }
  | { readonly kind: 'outside'; readonly party: Party };

/** Where a number leads; refused when it is none, or when the network takes no call for it. */
export const findDestination = (state: SwitchState, number: string): Result<Destination, SwitchRejection> => {
  if (!NUMBER.test(number)) return reject('invalid', `${number.slice(0, 40)} is not a number: dial digits`);
  if (queueOf(state, number) !== undefined) return ok({ kind: 'queue', party: { number } });
  const agent = agentOf(state, number);
  if (agent !== undefined) return ok({ kind: 'agent', party: partyOf(agent), agent });
  return isRefused(number)
    ? reject('invalid', `the network refuses calls to ${number}: dial another number`)
    : ok({ kind: 'outside', party: { number } });
};

/** Refused when all lines are taken. */
export const findLine = (state: SwitchState): Result<void, SwitchRejection> =>
  state.lists.live.calls >= state.maxCalls
    ? reject('limit', 'the switch has no free line: wait until a call ends')
    : ok(undefined);
