import { done, happens, reply, type Row, state, told, wants } from '../play/row.ts';
import { onlyLegEnds } from './d05-inbound.ts';
import { consulting } from './d07-consult.ts';
import { THE_EXPERT } from './numbers.ts';
import { type Sequence } from './sequence.ts';

const joins: readonly Row[] = [
  ...consulting,
  wants('interaction.request.consultconference', 'I'),
  ...done('interaction.request.consultconference', 'I'),
  reply('interaction.request.consultconference', 'I'),
  happens('conversation.partyadded', 'V1', THE_EXPERT),
  told('conversation.member.added', 'V1'),
  happens('conversation.talking', 'V1'),
  state('V1', 'TALKING'),
  told('interaction.focuschanged', 'I', { conversation: { id: 'V1' } }),
  happens('conversation.ended', 'V2'),
  state('V2', 'RELEASED'),
  ...done('conversation.request.dispose', 'V2'),
  told('conversation.disposed', 'V2'),
  state('I', 'STARTED'),
];

export const D11: readonly Sequence[] = [
  { title: 'agent, caller and expert talk together', rows: joins },
  {
    title: 'the agent leaves the conference',
    rows: [
      ...joins,
      wants('conversation.request.release', 'V1'),
      ...done('conversation.request.release', 'V1'),
      reply('conversation.request.release', 'V1'),
      ...onlyLegEnds,
    ],
  },
];
