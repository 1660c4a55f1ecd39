import { ok } from '@cordboard/kernel';
import { agentOf, type Decision, newId, openCallWork, reject } from '../lookup.ts';
import { type Agent, type Call, type Channel, type SwitchState } from '../model.ts';
import { inOrder, say, type Step } from '../steps.ts';
import { type Arrival } from '../switch-input.ts';
import { isSkill } from '../vendor/outbound-skills.ts';
import { type Destination, findDestination, findLine } from './destination.ts';
import { asBusy, asFailed, endCall } from './end-call.ts';
import { type Failure, failedAs } from './fail-invited.ts';
import { partyOf } from './members.ts';
import { newCall } from './new-call.ts';
import { needsSkill } from './number-behaviour.ts';
import { reach, whyUnreachable } from './reach.ts';
import { offerCall } from './ring.ts';

type Dial = Arrival & { readonly destination: string; readonly skill?: string | undefined };

/** Why a call to a destination cannot come about; null when it can. */
const whyNot = (state: SwitchState, to: Destination): Failure | null => {
  if (to.kind === 'queue') return failedAs('the queue takes outside calls only');
  const agent = to.kind === 'agent' ? agentOf(state, to.agent.id) : undefined;
  return agent === undefined ? null : whyUnreachable(agent);
};

/** Tries the destination of a call that an agent has just made; the caller hears it when that is in vain. */
export const tryDestination =
  (id: string, to: Destination, arrival: Arrival): Step =>
  (state) => {
    const failure = whyNot(state, to);
    if (failure === null) return reach(id, { to, invited: { to: 'call', by: null } }, arrival)(state);
    const ending = failure.word === 'busy' ? asBusy : asFailed(failure.reason);
    return endCall(id, arrival.at, failure.word, ending)(state);
  };

const refusal = (agent: Agent, channel: Channel, { destination, skill }: Dial): Decision | null => {
  if (channel.type !== 'TELEPHONY')
    return reject('invalid', `${channel.endPoint} is no phone: dial on the phone`);
  if (!channel.active)
    return reject('wrong-state', `${channel.endPoint} is not active: activate the channel first`);
  if (openCallWork(agent) !== undefined)
    return reject('wrong-state', `agent ${agent.id} has an interaction already: complete it first`);
  if (needsSkill(destination) && skill === undefined)
    return reject('invalid', `${destination} needs an outbound skill: dial with the skillId of one`);
  return skill === undefined || isSkill(skill)
    ? null
    : reject('invalid', `${skill.slice(0, 40)} is no outbound skill: ask for the skills of ${destination}`);
};

/** An agent calls an outside number or a colleague's extension. */
export const dial = (state: SwitchState, agent: Agent, channel: Channel, input: Dial): Decision => {
  const { at, seed, destination, skill } = input;
  const refused = refusal(agent, channel, input);
  if (refused !== null) return refused;
  const to = findDestination(state, destination);
  if (!to.ok) return to;
  const line = findLine(state);
  if (!line.ok) return line;
  const id = newId(state, seed);
  const data: Call['data'] = {
    ANI: agent.id,
    DNIS: destination,
    ...(skill === undefined ? {} : { SKILL: skill }),
  };
  const placed = newCall({
    id,
    no: state.idsMade,
    from: partyOf(agent),
    to: destination,
    members: [],
    placedAt: at,
  });
  const parties = [to.value.party];
  return ok(
    inOrder(
      state,
      say({ type: 'CallPlaced', call: id, placed }),
      offerCall({ agent, channel, call: id, direction: 'outbound', parties, data, joining: null }, input),
      tryDestination(id, to.value, input),
    ),
  );
};
