import { done, happens, reply, type Row, state, told, wants } from '../play/row.ts';
import { inACall } from './d05-inbound.ts';
import { consulting } from './d07-consult.ts';
import { SUPERVISOR } from './numbers.ts';
import { type Sequence } from './sequence.ts';

const transfers: readonly Row[] = [
  wants('conversation.request.blindtransfer', 'V1', { destination: SUPERVISOR }),
  ...done('conversation.request.transfer', 'V1', { destination: SUPERVISOR }),
  reply('conversation.request.blindtransfer', 'V1'),
];

const legGoes: readonly Row[] = [
  happens('conversation.ended', 'V1'),
  state('V1', 'RELEASED'),
  ...done('conversation.request.dispose', 'V1'),
  told('conversation.disposed', 'V1'),
];

const failed = { reason: 'Nobody is there.' };

export const D13: readonly Sequence[] = [
  {
    title: 'a call is handed on',
    rows: [
      ...inACall,
      ...transfers,
      ...legGoes,
      told('interaction.focuschanged', 'I', { conversation: null }),
      told('interaction.ended', 'I'),
      state('I', 'ENDED'),
    ],
  },
  {
    title: 'the first of two legs is handed on',
    rows: [
      ...consulting,
      ...transfers,
      ...legGoes,
      told('interaction.focuschanged', 'I', { conversation: { id: 'V2' } }),
      state('I', 'STARTED'),
    ],
  },
  {
    title: 'it fails, and the call goes on as the switch says',
    rows: [
      ...inACall,
      ...transfers,
      happens('conversation.transfer.failed', 'V1', failed),
      told('conversation.transfer.failed', 'V1', failed),
      happens('conversation.held', 'V1'),
      state('V1', 'HELD'),
    ],
  },
];
