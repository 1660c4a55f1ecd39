import { done, happens, later, reply, type Row, state, told, wants } from '../play/row.ts';
import { atWork } from './d04-login.ts';
import { CALLER, THE_CALLER } from './numbers.ts';
import { type Sequence } from './sequence.ts';

const announced: readonly Row[] = [
  told('conversation.member.added', 'V1'),
  told('conversation.initialized', 'V1'),
  told('interaction.datachanged', 'I'),
  told('interaction.preview', 'I'),
  told('interaction.initialized', 'I'),
];

/** A call rings at the agent's phone. */
export const rings: readonly Row[] = [
  happens('channel.interaction', 'H', { nativeid: 'nI' }),
  ...done('channel.request.createinteraction', 'H', { id: 'I', nativeid: 'nI' }),
  later('E5', 2, told('interaction.created', 'H', { interaction: { id: 'I' } })),
  ...done(
    'interaction.query.init',
    'I',
    {},
    {
      'interaction-state': 'ALERTING',
      'interaction-data': { ANI: CALLER },
      conversations: { primary: { id: 'nV1' } },
    },
  ),
  state('I', 'ALERTING'),
  ...done('interaction.request.createconversation', 'I', { id: 'V1', nativeid: 'nV1' }),
  later('E5', 2, told('conversation.created', 'I', { conversation: { id: 'V1' } })),
  ...done('conversation.query.init', 'V1', {}, { 'conversation-state': 'RINGING', parties: [THE_CALLER] }),
  state('V1', 'RINGING'),
  ...announced,
  happens('conversation.ringing', 'V1'),
];

const connects: readonly Row[] = [
  happens('conversation.started', 'V1'),
  happens('conversation.talking', 'V1'),
  happens('conversation.partyadded', 'V1', THE_CALLER),
  state('V1', 'TALKING'),
  told('interaction.screenpop', 'I'),
  state('I', 'STARTED'),
];

/** The agent answers it. */
export const answered: readonly Row[] = [
  wants('conversation.request.answer', 'V1'),
  ...done('interaction.request.accept', 'I'),
  reply('conversation.request.answer', 'V1'),
  ...connects,
];

/** A login, and a call that the agent has answered. */
export const inACall: readonly Row[] = [...atWork, ...rings, ...answered];

/** A wish that the switch is asked for under the same name, and what it reports of it. */
const onTheLeg = (command: string, event: string, now: string): readonly Row[] => [
  wants(command, 'V1'),
  ...done(command, 'V1'),
  reply(command, 'V1'),
  happens(event, 'V1'),
  state('V1', now),
];

/** The one leg ends, and with it the talking. */
export const onlyLegEnds: readonly Row[] = [
  happens('conversation.ended', 'V1'),
  state('V1', 'RELEASED'),
  ...done('conversation.request.dispose', 'V1'),
  told('conversation.disposed', 'V1'),
  told('interaction.ended', 'I'),
  state('I', 'ENDED'),
];

const wrapsUp: readonly Row[] = [
  told('interaction.complete', 'I'),
  state('I', 'COMPLETED'),
  ...done('interaction.request.dispose', 'I'),
  told('interaction.disposed', 'I'),
];

/** The agent has nothing more to do for it. */
export const completes: readonly Row[] = [
  wants('interaction.request.complete', 'I'),
  ...done('interaction.request.complete', 'I'),
  reply('interaction.request.complete', 'I'),
  ...wrapsUp,
];

const released: readonly Row[] = [
  wants('conversation.request.release', 'V1'),
  ...done('conversation.request.release', 'V1'),
  reply('conversation.request.release', 'V1'),
  ...onlyLegEnds,
];

const neverAccepted: readonly Row[] = [...onlyLegEnds, ...wrapsUp];

const refused = (command: string, at: string): readonly Row[] => [
  ...atWork,
  ...rings,
  wants(command, at),
  ...done('interaction.request.reject', 'I'),
  reply(command, at),
  ...neverAccepted,
];

export const D5: readonly Sequence[] = [
  {
    title: 'a call rings, is answered, held, retrieved, released and completed',
    rows: [
      ...inACall,
      ...onTheLeg('conversation.request.hold', 'conversation.held', 'HELD'),
      ...onTheLeg('conversation.request.retrieve', 'conversation.talking', 'TALKING'),
      ...released,
      ...completes,
    ],
  },
  {
    title: 'a call is accepted as an interaction and muted',
    rows: [
      ...atWork,
      ...rings,
      wants('interaction.request.accept', 'I'),
      ...done('interaction.request.accept', 'I'),
      reply('interaction.request.accept', 'I'),
      ...connects,
      ...onTheLeg('conversation.request.mute', 'conversation.mute', 'MUTE'),
      ...onTheLeg('conversation.request.unmute', 'conversation.talking', 'TALKING'),
      ...released,
    ],
  },
  { title: 'a ringing call is rejected', rows: refused('interaction.request.reject', 'I') },
  { title: 'a ringing call is released', rows: refused('conversation.request.release', 'V1') },
  { title: 'the caller hangs up first', rows: [...atWork, ...rings, ...neverAccepted] },
  {
    title: 'hold, retrieve and mute are pressed on the phone',
    rows: [
      ...inACall,
      happens('conversation.held', 'V1'),
      state('V1', 'HELD'),
      happens('conversation.talking', 'V1'),
      state('V1', 'TALKING'),
      happens('conversation.mute', 'V1'),
      state('V1', 'MUTE'),
    ],
  },
  { title: 'the other side hangs up', rows: [...inACall, ...onlyLegEnds, ...completes] },
];
