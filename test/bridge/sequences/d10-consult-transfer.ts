import { done, happens, reply, type Row, state, told, wants } from '../play/row.ts';
import { consulting } from './d07-consult.ts';
import { type Sequence } from './sequence.ts';

const transfers: readonly Row[] = [
  ...consulting,
  wants('interaction.request.consulttransfer', 'I'),
  ...done('interaction.request.consulttransfer', 'I'),
  reply('interaction.request.consulttransfer', 'I'),
];

const firstGoes: readonly Row[] = [
  state('V1', 'RELEASED'),
  ...done('conversation.request.dispose', 'V1'),
  told('conversation.disposed', 'V1'),
  told('interaction.focuschanged', 'I', { conversation: { id: 'V2' } }),
];

const secondGoes: readonly Row[] = [
  state('V2', 'RELEASED'),
  ...done('conversation.request.dispose', 'V2'),
  told('conversation.disposed', 'V2'),
  told('interaction.ended', 'I'),
  state('I', 'ENDED'),
];

export const D10: readonly Sequence[] = [
  {
    title: 'the caller is handed to the expert',
    rows: [
      ...transfers,
      happens('conversation.ended', 'V1'),
      ...firstGoes,
      happens('conversation.ended', 'V2'),
      ...secondGoes,
    ],
  },
  {
    title: 'the switch reports the second leg first, the agent hears of the first leg first',
    rows: [
      ...transfers,
      happens('conversation.ended', 'V2'),
      happens('conversation.ended', 'V1'),
      ...firstGoes,
      ...secondGoes,
    ],
  },
];
