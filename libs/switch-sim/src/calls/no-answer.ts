import { putAway } from '../agents/status.ts';
import { legRef } from '../lookup.ts';
import { type Call } from '../model.ts';
import { inOrder, say, type Step } from '../steps.ts';
import { failedAs, failInvited } from './fail-invited.ts';
import { type AgentMember, lineOfMember } from './members.ts';

const NOBODY = failedAs('nobody answered', 'no answer');

/**
 * An agent's phone rang too long. A call from a queue goes back to its old place there and the agent is put away;
 * any other ends for whoever wanted the agent.
 */
export const noAnswer =
  (call: Call, member: AgentMember, at: number): Step =>
  (state) => {
    const line = lineOfMember(state, member);
    if (line === undefined || member.queue === null) return failInvited(call, member, at, NOBODY)(state);
    return inOrder(
      state,
      say({ type: 'LegEnded', ...legRef(line) }),
      putAway(line.work.agent, line.work.channel, at),
      say({ type: 'CallRequeued', call: call.id, place: member.queue }),
    );
  };
