import {
  type ConversationState,
  type InteractionState,
  type SwitchReading,
  type SwitchRequest,
} from '@cordboard/domain';
import { pick } from './walk-answers.ts';

/** A number that is always the same for the same words. */
const drawOf = (...words: readonly (string | number)[]): number =>
  [...words.join(' ')].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);

const some = <Item>(items: readonly Item[], draw: number): readonly Item[] =>
  items.filter((_, index) => Math.floor(draw / 3 ** index) % 3 !== 0);

const STATES: readonly InteractionState[] = [
  'ALERTING',
  'DIALING',
  'STARTED',
  'STARTED',
  'ENDED',
  'COMPLETED',
];
const LEG_STATES: readonly ConversationState[] = ['RINGING', 'DIALING', 'TALKING', 'TALKING', 'HELD', 'MUTE'];
const AGENTS = [
  null,
  { status: 'ready', lastReasonCode: '', lastReasonName: '' },
  { status: 'not_ready', lastReasonCode: '7', lastReasonName: 'Lunch' },
  { status: 'after_call_work', lastReasonCode: 'acw', lastReasonName: '' },
] as const;

const interaction = (draw: number): SwitchReading => {
  const state = pick(STATES, draw);
  const live = state !== 'ENDED' && state !== 'COMPLETED';
  return {
    of: 'interaction',
    state,
    data: Object.fromEntries(some(['ANI', 'order', 'key'], draw).map((key) => [key, String(draw % 5)])),
    primary: live ? pick(['v1', 'v1', 'v0'], Math.floor(draw / 7)) : null,
    consult: state === 'STARTED' ? pick([null, 'v2', 'v2'], Math.floor(draw / 11)) : null,
  };
};

/**
 * A switch that has an answer to everything, always the same one for the same `seed`: another seed is a switch on
 * which everything has moved on.
 */
export const walkWorld =
  (seed: number) =>
  ({ type }: SwitchRequest, nativeId: string): SwitchReading => {
    const draw = drawOf(seed, type, nativeId);
    switch (type) {
      case 'ReadSession':
        return { of: 'session', groups: [{ nativeId: 'g0' }], channels: [] };
      case 'ReadChannelGroup':
        return {
          of: 'channelgroup',
          channels: some(
            [
              { nativeId: 'c0', channelType: 'TELEPHONY' },
              { nativeId: 'c1', channelType: 'TELEPHONY' },
              { nativeId: 'chat', channelType: 'CHAT' },
              { nativeId: '1001', channelType: 'TELEPHONY' },
            ],
            draw,
          ),
        };
      case 'ReadChannel':
        return {
          of: 'channel',
          state: pick(['ACTIVE', 'ACTIVE', 'INACTIVE', 'UNAVAILABLE'], draw),
          agent: pick(AGENTS, Math.floor(draw / 5)),
          interactions: some(['i0', 'i1', 'i2'], draw).map((one) => ({ nativeId: one })),
        };
      case 'ReadInteraction':
        return interaction(draw);
      case 'ReadConversation':
        return {
          of: 'conversation',
          state: pick(LEG_STATES, draw),
          members: some(['5550100', '5550199', '1'], draw).map((number) => ({ number })),
        };
      default:
        return { of: 'none' };
    }
  };
