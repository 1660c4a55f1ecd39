import { ok } from '@cordboard/kernel';
import { becomesFree } from '../agents/status.ts';
import { answer } from '../calls/answer.ts';
import { consult } from '../calls/consult.ts';
import { consultConference, consultTransfer } from '../calls/join.ts';
import { alternate } from '../calls/media.ts';
import { isAgent } from '../calls/members.ts';
import { rejectCall } from '../calls/release.ts';
import { rejectContact } from '../contacts/contacts.ts';
import { callOf, contactOf, type Decision, findLoggedIn, reject, workOf, workRef } from '../lookup.ts';
import { type SwitchState, type Work } from '../model.ts';
import { offerQueued } from '../queue.ts';
import { inOrder, say, type Step } from '../steps.ts';
import { type Arrival, type WorkOperation } from '../switch-input.ts';
import { setData } from './set-data.ts';
import { signal } from './signal.ts';
import { setDisposition } from './disposition.ts';

const accept = (state: SwitchState, work: Work, { at }: Arrival): Decision => {
  if (work.state === 'STARTED') return ok([]);
  if (work.state !== 'ALERTING')
    return reject('wrong-state', `cannot answer what is ${work.state.toLowerCase()}`);
  const { primary } = work;
  if (primary === null) return ok([{ type: 'WorkStarted', ...workRef(work) }]);
  const call = callOf(state, primary.call);
  const member = call?.members.find((other) => isAgent(other) && other.leg === primary.id);
  return call === undefined || member === undefined
    ? reject('unknown', 'the switch no longer has this call')
    : ok(answer(call, member, at)(state));
};

const turnDown = (state: SwitchState, work: Work, arrival: Arrival): Decision =>
  work.primary === null
    ? rejectContact(state, work, arrival)
    : rejectCall(state, { work, leg: work.primary }, arrival);

const endContact =
  ({ contact: id }: Work, at: number): Step =>
  (state) => {
    const contact = id === null ? undefined : contactOf(state, id);
    return contact === undefined || contact.status === 'ended'
      ? []
      : [{ type: 'ContactEnded', contact: contact.id, at, reason: 'completed' }];
  };

const complete = (state: SwitchState, work: Work, arrival: Arrival): Decision => {
  if (work.state === 'COMPLETED') return ok([]);
  const running = work.primary === null && work.state === 'STARTED';
  if (work.state !== 'ENDED' && !running)
    return reject('wrong-state', `cannot complete what is ${work.state.toLowerCase()}: end it first`);
  const { at } = arrival;
  return ok(
    inOrder(
      state,
      say({ type: 'WorkCompleted', ...workRef(work) }),
      becomesFree(work.agent, work.channel, at),
      endContact(work, at),
      offerQueued(arrival),
    ),
  );
};

/** Decides what an agent's operation on a piece of work leads to. */
export const decideWorkOperation = (state: SwitchState, input: Arrival & WorkOperation): Decision => {
  const found = findLoggedIn(state, input.agent);
  if (!found.ok) return found;
  const work = workOf(state, input.agent, input.work);
  if (work === undefined) return reject('unknown', `agent ${input.agent} has no such interaction`);
  switch (input.kind) {
    case 'accept':
      return accept(state, work, input);
    case 'reject':
      return turnDown(state, work, input);
    case 'complete':
      return complete(state, work, input);
    case 'set-data':
      return setData(state, work, input);
    case 'set-disposition':
      return setDisposition(work, input.disposition);
    case 'signal':
      return signal(work, input.signals);
    case 'consult':
      return consult(state, work, input);
    case 'alternate':
      return alternate(work);
    case 'consult-transfer':
      return consultTransfer(state, work, input);
    case 'consult-conference':
      return consultConference(state, work, input);
  }
};
