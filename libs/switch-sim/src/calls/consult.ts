import { ok } from '@cordboard/kernel';
import {
  agentOf,
  callOf,
  type Decision,
  isConnected,
  isLive,
  legRef,
  newId,
  reject,
  workRef,
} from '../lookup.ts';
import { type Leg, type SwitchState, type Work } from '../model.ts';
import { inOrder, say, type Step } from '../steps.ts';
import { type Arrival } from '../switch-input.ts';
import { findDestination, findLine } from './destination.ts';
import { tryDestination } from './dial.ts';
import { memberOf, partyOf } from './members.ts';
import { newCall } from './new-call.ts';
import { newLeg } from './ring.ts';

type Consult = Arrival & { readonly destination: string; readonly byPhone?: boolean | undefined };

const hold = (work: Work, leg: Leg): Step =>
  leg.media === 'HELD' ? say() : say({ type: 'LegHeld', ...legRef({ work, leg }) });

/** A second call beside the first, which is held: to ask somebody, who may then take over or join. */
export const consult = (state: SwitchState, work: Work, input: Consult): Decision => {
  const { at, destination, byPhone = false } = input;
  const { primary } = work;
  const agent = agentOf(state, work.agent);
  if (!isConnected(primary) || agent === undefined)
    return reject('wrong-state', 'nobody is on the call: consult once it is answered');
  if (isLive(work.consult)) return reject('wrong-state', 'a consult call exists already: end it first');
  const to = findDestination(state, destination);
  if (!to.ok) return to;
  const line = findLine(state);
  if (!line.ok) return line;
  const held = callOf(state, primary.call);
  if (held !== undefined && memberOf(held, destination) !== undefined)
    return reject('wrong-state', `${destination} is on the call already`);
  const call = newId(state, input.seed);
  const from = partyOf(agent);
  const placed = newCall({
    id: call,
    no: state.idsMade,
    from,
    to: destination,
    members: [],
    data: held?.data ?? {},
    placedAt: at,
  });
  return ok(
    inOrder(
      state,
      hold(work, primary),
      say({ type: 'CallPlaced', call, placed }),
      (now) => {
        const leg = newId(now, input.seed);
        const offered = newLeg({ id: leg, call, direction: 'outbound', parties: [to.value.party] });
        const ref = { ...workRef(work), call, leg };
        return [
          { type: 'ConsultOffered', ...ref, offered, byPhone },
          { type: 'LegDialing', ...ref },
        ];
      },
      tryDestination(call, to.value, input),
    ),
  );
};
