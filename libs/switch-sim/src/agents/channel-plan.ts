import { type Agent } from '../model.ts';
import { type MediaWishes } from '../switch-input.ts';

/** The group that holds an agent's phone. */
export const TEAM = 'TEAM';
/** Groups of media channels that an agent may add beside it. */
const OTHER_GROUPS = ['PROJECT', 'BACKOFFICE'];

export const isGroup = (group: string): boolean => group === TEAM || OTHER_GROUPS.includes(group);
export const GROUPS: readonly string[] = [TEAM, ...OTHER_GROUPS];

interface Planned {
  readonly endPoint: string;
  readonly type: string;
}

/** The channels of a group, by what is wished for. */
export const groupPlan = (agent: string, group: string, wishes: MediaWishes): readonly Planned[] => {
  const prefix = group === TEAM ? agent : `${agent}-${group}`;
  return [
    ...(group === TEAM ? [{ endPoint: agent, type: 'TELEPHONY' }] : []),
    ...(wishes.chat ? [{ endPoint: `${prefix}-chat`, type: 'CHAT' }] : []),
    ...(wishes.email ? [{ endPoint: `${prefix}-email`, type: 'EMAIL' }] : []),
    ...(wishes.callback ? [{ endPoint: `${prefix}-callback`, type: 'CALLBACK' }] : []),
  ];
};

/** The channels that an agent may have outside any group. */
export const standAlonePlan = (agent: string): readonly Planned[] => [
  { endPoint: `${agent}-desk`, type: 'TELEPHONY' },
  { endPoint: `${agent}-solo-chat`, type: 'CHAT' },
  { endPoint: `${agent}-solo-email`, type: 'EMAIL' },
];

const ALL: MediaWishes = { chat: true, email: true, callback: true };

/** Whether an end-point comes and goes with what the desk asks for, rather than by itself. */
export const isPlanned = (agent: Agent, group: string, endPoint: string): boolean =>
  groupPlan(agent.id, group, ALL).some((planned) => planned.endPoint === endPoint);
