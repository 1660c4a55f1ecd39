import { ok, type Result } from '@cordboard/kernel';
import { agentOf, isLive, openCallWork, reject } from '../lookup.ts';
import { type Leg, type SwitchState, type Work } from '../model.ts';
import {
  type AgentOperation,
  type ChannelOperation,
  type LegOperation,
  type SwitchRejection,
  type WorkOperation,
} from '../switch-input.ts';

type Operation = AgentOperation | ChannelOperation | LegOperation | WorkOperation;

/** What can be done on the phone itself, in the words of the control API. */
export const PHONE_ACTIONS = [
  'answer',
  'reject',
  'release',
  'hold',
  'retrieve',
  'mute',
  'unmute',
  'dial',
  'consult',
  'alternate',
  'transfer',
  'conference',
  'consult-transfer',
  'consult-conference',
  'remove-party',
  'send-tones',
  'ready',
  'not-ready',
  'activate',
  'deactivate',
  'take-over',
  'free',
  'join-channel',
  'remove-channel',
  'drop-leg',
  'log-out',
] as const;

export type PhoneAction = (typeof PHONE_ACTIONS)[number];

/** An action at an agent's phone; which of the others counts depends on the action. */
export interface PhoneUse {
  readonly agent: string;
  readonly action: PhoneAction;
  readonly destination?: string | undefined;
  readonly digits?: string | undefined;
  readonly number?: string | undefined;
  readonly reason?: string | undefined;
  readonly type?: string | undefined;
  readonly endpoint?: string | undefined;
}

type Found = Result<Operation, SwitchRejection>;

const legInHand = ({ primary, consult, active }: Work, action: PhoneAction): Leg | null => {
  const legs = active === 'consult' ? [consult, primary] : [primary, consult];
  const live = legs.filter(isLive);
  if (action === 'release') return live.find(({ media }) => media !== 'HELD') ?? live[0] ?? null;
  return live[0] ?? null;
};

const needed = (value: string | undefined, what: string, make: (value: string) => Operation): Found =>
  value === undefined ? reject('invalid', `this action needs ${what}`) : ok(make(value));

const onLeg = (use: PhoneUse, work: Work): Found => {
  const { agent, action, destination, digits, number } = use;
  const leg = legInHand(work, action)?.id;
  if (leg === undefined) return reject('wrong-state', `agent ${agent} is on no call`);
  switch (action) {
    case 'transfer':
    case 'conference':
      return needed(destination, 'a destination', (to) => ({ kind: action, agent, leg, destination: to }));
    case 'send-tones':
      return needed(digits, 'digits', (keys) => ({ kind: action, agent, leg, digits: keys }));
    case 'remove-party':
      return needed(number, 'a number', (gone) => ({ kind: action, agent, leg, number: gone }));
    case 'release':
    case 'hold':
    case 'retrieve':
    case 'mute':
    case 'unmute':
      return ok({ kind: action, agent, leg });
    default:
      return reject('invalid', `${action} is nothing that a phone does`);
  }
};

const onCall = (state: SwitchState, use: PhoneUse): Found => {
  const { agent: id, action, destination } = use;
  const agent = agentOf(state, id);
  const work = agent && openCallWork(agent);
  if (work === undefined) return reject('wrong-state', `agent ${id} is on no call`);
  const at = { agent: id, work: work.id };
  switch (action) {
    case 'answer':
      return ok({ kind: 'accept', ...at });
    case 'reject':
      return ok({ kind: 'reject', ...at });
    case 'alternate':
    case 'consult-transfer':
    case 'consult-conference':
      return ok({ kind: action, ...at });
    case 'consult':
      return needed(destination, 'a destination', (to) => ({
        kind: 'consult',
        ...at,
        destination: to,
        byPhone: true,
      }));
    default:
      return onLeg(use, work);
  }
};

/** What an action at the phone is for the switch; refused when something is missing or there is no call. */
export const phoneOperation = (state: SwitchState, use: PhoneUse): Found => {
  const { agent, action, destination, reason = '', type, endpoint: channel } = use;
  if (agentOf(state, agent) === undefined) return reject('unknown', `there is no agent ${agent}`);
  switch (action) {
    case 'ready':
    case 'activate':
    case 'deactivate':
    case 'take-over':
    case 'free':
      return ok({ kind: action, agent, channel });
    case 'not-ready':
      return ok({ kind: action, agent, channel, reasonCode: reason });
    case 'dial':
      return needed(destination, 'a destination', (to) => ({
        kind: action,
        agent,
        channel,
        destination: to,
      }));
    case 'remove-channel':
      return needed(channel, 'an endpoint', (gone) => ({
        kind: action,
        agent,
        channel: gone,
        byPhone: true,
      }));
    case 'join-channel':
      return type === undefined || channel === undefined
        ? reject('invalid', 'this action needs a type and an endpoint')
        : ok({ kind: action, agent, channel, type });
    case 'drop-leg':
      return ok({ kind: 'disconnect-leg', agent });
    case 'log-out':
      return ok({ kind: action, agent, byPhone: true });
    default:
      return onCall(state, use);
  }
};
