import { bare, type Word, type Words, withText } from './word.ts';

const CONSULT_FIRST = 'consult somebody first, or add a number';

/** With a number it goes there unasked; without, to whom the agent consulted. */
const handOver = (
  usage: string,
  blind: 'blindtransfer' | 'blindconference',
  consulted: 'consulttransfer' | 'consultconference',
  help: string,
): Word => ({
  usage,
  help,
  read: ([destination, ...more]) => {
    if (more.length > 0) return null;
    return destination === undefined
      ? [{ command: `interaction.request.${consulted}`, otherwise: CONSULT_FIRST }]
      : [{ command: `conversation.request.${blind}`, data: { destination } }];
  },
});

/** What is said and done in a call. */
export const CONVERSATION_WORDS: Words = {
  answer: bare('answer', { command: 'conversation.request.answer' }, 'answer the ringing call'),
  release: bare('release', { command: 'conversation.request.release' }, 'hang up'),
  hold: bare(
    'hold',
    { command: 'conversation.request.hold', prefers: ['TALKING', 'MUTE'] },
    'put the call on hold',
  ),
  retrieve: bare(
    'retrieve',
    { command: 'conversation.request.retrieve', prefers: ['HELD'] },
    'take the call back from hold',
  ),
  mute: bare('mute', { command: 'conversation.request.mute', prefers: ['TALKING'] }, 'be silent'),
  unmute: bare('unmute', { command: 'conversation.request.unmute', prefers: ['MUTE'] }, 'be heard again'),
  dtmf: withText(
    'dtmf <digits>',
    (text) => ({ command: 'conversation.request.senddtmf', data: { digits: text.replaceAll(' ', '') } }),
    'send tones: 0-9, * and #',
  ),
  consult: withText(
    'consult <number>',
    (destination) => ({ command: 'interaction.request.consult', data: { destination } }),
    'hold the call and ask somebody',
  ),
  alternate: bare(
    'alternate',
    { command: 'interaction.request.alternate', otherwise: 'consult somebody first' },
    'change between the caller and whom you consult',
  ),
  transfer: handOver(
    'transfer [number]',
    'blindtransfer',
    'consulttransfer',
    'pass the call on: to the number unasked, or to whom you consult',
  ),
  conference: handOver(
    'conference [number]',
    'blindconference',
    'consultconference',
    'bring the number into the call unasked, or whom you consult',
  ),
};
