import { done, happens, later, refuses, reply, asked, type Row, state, told, wants } from '../play/row.ts';
import { atWork } from './d04-login.ts';
import { completes, onlyLegEnds } from './d05-inbound.ts';
import { CALLED } from './numbers.ts';
import { type Sequence } from './sequence.ts';

/** A call appears on the channel that somebody dials from, which is in use by it. */
const appears: readonly Row[] = [
  happens('channel.interaction', 'H', { nativeid: 'nI' }),
  ...done('channel.request.createinteraction', 'H', { id: 'I', nativeid: 'nI' }),
  later('E5', 4, told('channel.infochanged', 'H')),
  later('E5', 3, state('H', 'ACTIVE')),
  later('E5', 2, told('interaction.created', 'H', { interaction: { id: 'I' } })),
  ...done(
    'interaction.query.init',
    'I',
    {},
    {
      'interaction-state': 'DIALING',
      'interaction-data': {},
      conversations: { primary: { id: 'nV1' } },
    },
  ),
  state('I', 'DIALING'),
  ...done('interaction.request.createconversation', 'I', { id: 'V1', nativeid: 'nV1' }),
  later('E5', 2, told('conversation.created', 'I', { conversation: { id: 'V1' } })),
  ...done(
    'conversation.query.init',
    'V1',
    {},
    { 'conversation-state': 'DIALING', parties: [{ number: CALLED, name: '' }] },
  ),
  state('V1', 'DIALING'),
  told('conversation.member.added', 'V1'),
  told('conversation.initialized', 'V1'),
  told('interaction.datachanged', 'I'),
  told('interaction.preview', 'I'),
  told('interaction.initialized', 'I'),
  happens('conversation.dialing', 'V1'),
];

/** The agent dials, and it rings at the far end. */
export const dials: readonly Row[] = [
  wants('channel.request.dial', 'H', { destination: CALLED }),
  ...done('channel.request.dial', 'H', { destination: CALLED }),
  reply('channel.request.dial', 'H'),
  ...appears,
];

const farEndAnswers: readonly Row[] = [
  happens('conversation.started', 'V1'),
  happens('conversation.talking', 'V1'),
  happens('conversation.partyadded', 'V1', { number: CALLED }),
  state('V1', 'TALKING'),
  told('interaction.screenpop', 'I'),
  state('I', 'STARTED'),
];

/** The call comes to nothing; the agent is told why first. */
const fails = (why: Row, event: Row): readonly Row[] => [why, event, ...onlyLegEnds.slice(1)];

export const D6: readonly Sequence[] = [
  { title: 'the agent dials and the far end answers', rows: [...atWork, ...dials, ...farEndAnswers] },
  {
    title: 'the switch will not dial',
    rows: [
      ...atWork,
      wants('channel.request.dial', 'H', { destination: CALLED }),
      asked('channel.request.dial', 'H', { destination: CALLED }),
      refuses('channel.request.dial', 'H', 'No line is free.'),
      reply('channel.request.dial', 'H', {
        result: 'failure',
        failure: { code: 'CTI_ERROR', message: 'No line is free.' },
      }),
    ],
  },
  {
    title: 'the far end is busy',
    rows: [
      ...atWork,
      ...dials,
      ...fails(happens('conversation.busy', 'V1'), told('conversation.busy', 'V1')),
      ...completes,
    ],
  },
  {
    title: 'the far end cannot be reached',
    rows: [
      ...atWork,
      ...dials,
      ...fails(
        happens('conversation.failed', 'V1', { reason: 'No such number.' }),
        told('conversation.failed', 'V1', { reason: 'No such number.' }),
      ),
    ],
  },
  {
    title: 'the agent cancels while it is dialled',
    rows: [
      ...atWork,
      ...dials,
      wants('conversation.request.release', 'V1'),
      ...done('interaction.request.reject', 'I'),
      reply('conversation.request.release', 'V1'),
      ...onlyLegEnds,
      ...completes,
    ],
  },
  {
    title: 'the agent dials on the phone itself',
    rows: [...atWork, ...appears, ...farEndAnswers],
  },
];
