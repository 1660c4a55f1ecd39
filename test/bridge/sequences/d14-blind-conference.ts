import { done, happens, reply, type Row, state, told, wants } from '../play/row.ts';
import { inACall } from './d05-inbound.ts';
import { SUPERVISOR } from './numbers.ts';
import { type Sequence } from './sequence.ts';

const confers: readonly Row[] = [
  ...inACall,
  wants('conversation.request.blindconference', 'V1', { destination: SUPERVISOR }),
  ...done('conversation.request.conference', 'V1', { destination: SUPERVISOR }),
  reply('conversation.request.blindconference', 'V1'),
];

const thirdJoins: readonly Row[] = [
  happens('conversation.partyadded', 'V1', { number: SUPERVISOR, name: 'Example Supervisor' }),
  state('I', 'STARTED'),
  told('conversation.member.added', 'V1'),
];

const thirdLeaves: readonly Row[] = [
  happens('conversation.partyremoved', 'V1', { number: SUPERVISOR }),
  told('conversation.member.removed', 'V1'),
];

const failed = { reason: 'Nobody is there.' };

export const D14: readonly Sequence[] = [
  { title: 'a third party joins, and leaves', rows: [...confers, ...thirdJoins, ...thirdLeaves] },
  {
    title: 'the agent drops the third party',
    rows: [
      ...confers,
      ...thirdJoins,
      wants('conversation.request.removeparty', 'V1', { number: SUPERVISOR }),
      ...done('conversation.request.removeparty', 'V1', { number: SUPERVISOR }),
      reply('conversation.request.removeparty', 'V1'),
      ...thirdLeaves,
    ],
  },
  {
    title: 'it fails and nothing changes',
    rows: [
      ...confers,
      happens('conversation.conference.failed', 'V1', failed),
      told('conversation.conference.failed', 'V1', failed),
    ],
  },
];
