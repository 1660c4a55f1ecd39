import { done, happens, reply, type Row, state, told, wants } from '../play/row.ts';
import { consulting } from './d07-consult.ts';
import { type Sequence } from './sequence.ts';

const alternates: readonly Row[] = [
  wants('interaction.request.alternate', 'I'),
  ...done('interaction.request.alternate', 'I'),
  reply('interaction.request.alternate', 'I'),
];

const backAtTheCaller: readonly Row[] = [
  state('V1', 'TALKING'),
  state('V2', 'HELD'),
  told('interaction.focuschanged', 'I', { conversation: { id: 'V1' } }),
];

const secondIsHeld = happens('conversation.held', 'V2');
const firstTalks = happens('conversation.talking', 'V1');

export const D12: readonly Sequence[] = [
  {
    title: 'the agent goes back to the caller',
    rows: [...consulting, ...alternates, secondIsHeld, firstTalks, ...backAtTheCaller],
  },
  {
    title: 'the switch reports the first leg first',
    rows: [...consulting, ...alternates, firstTalks, secondIsHeld, ...backAtTheCaller],
  },
  {
    title: 'the agent goes back to the caller and to the expert again',
    rows: [
      ...consulting,
      ...alternates,
      secondIsHeld,
      firstTalks,
      ...backAtTheCaller,
      ...alternates,
      happens('conversation.talking', 'V2'),
      happens('conversation.held', 'V1'),
      state('V1', 'HELD'),
      state('V2', 'TALKING'),
      told('interaction.focuschanged', 'I', { conversation: { id: 'V2' } }),
    ],
  },
];
