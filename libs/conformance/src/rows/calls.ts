import { type Given } from './row.ts';

type CallState = 'ringing' | 'talking' | 'ended' | 'consulting' | 'consulted' | 'dialled' | 'conference';

/** A call in one of its states. */
export const call =
  (state: CallState): Given =>
  async (stage) => {
    await stage.started();
    return stage[state]();
  };

/** A chat, e-mail or callback. */
export const media =
  (state: 'offered' | 'accepted', type: string): Given =>
  async (stage) => {
    await stage.started();
    return stage[state](type);
  };

/** A leg is over. */
export const GONE = ['state.updated conversation RELEASED', 'conversation.disposed conversation'];

/** An interaction has nothing left to handle. */
export const ENDED = ['interaction.ended interaction', 'state.updated interaction ENDED'];

/** A call is over. */
export const OVER = [...GONE, ...ENDED];

/** An interaction is done with. */
export const COMPLETED = [
  'interaction.complete interaction',
  'state.updated interaction COMPLETED',
  'interaction.disposed interaction',
];

/** An interaction with its conversation is announced; `state` as the first two tell it. */
export const announcedAs = (interaction: string, conversation: string): readonly string[] => [
  'interaction.created interaction',
  `state.updated interaction ${interaction}`,
  'conversation.created conversation',
  `state.updated conversation ${conversation}`,
  'conversation.member.added conversation',
  'conversation.initialized conversation',
  'interaction.datachanged interaction',
  'interaction.preview interaction',
  'interaction.initialized interaction',
];

/** A call is answered, by whomever. */
export const ANSWERED = [
  'state.updated conversation TALKING',
  'interaction.screenpop interaction',
  'state.updated interaction STARTED',
];

/** A second leg is dialled. */
export const CONSULTED = [
  'state.updated interaction STARTED',
  'state.updated conversation HELD',
  'conversation.created consult',
  'state.updated consult DIALING',
  'conversation.member.added consult',
  'conversation.initialized consult',
  'interaction.focuschanged interaction',
];
