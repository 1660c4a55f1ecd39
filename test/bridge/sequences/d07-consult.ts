import { asked, done, happens, later, refuses, reply, type Row, state, told, wants } from '../play/row.ts';
import { inACall } from './d05-inbound.ts';
import { EXPERT, THE_EXPERT } from './numbers.ts';
import { type Sequence } from './sequence.ts';

const asksForExpert = wants('interaction.request.consult', 'I', { destination: EXPERT });

/** The second leg is registered and read. */
const secondLegAppears: readonly Row[] = [
  ...done('interaction.request.createconversation', 'I', { id: 'V2', nativeid: 'nV2' }),
  later('E5', 2, told('conversation.created', 'I', { conversation: { id: 'V2' } })),
  ...done('conversation.query.init', 'V2', {}, { 'conversation-state': 'DIALING', parties: [THE_EXPERT] }),
  state('V2', 'DIALING'),
  told('conversation.member.added', 'V2'),
  told('conversation.initialized', 'V2'),
  told('interaction.focuschanged', 'I', { conversation: { id: 'V2' } }),
];

const consultAnswered: readonly Row[] = [
  asked('interaction.request.consult', 'I', { destination: EXPERT }),
  { ...done('interaction.request.consult', 'I')[1], body: { nativeid: 'nV2' } },
  reply('interaction.request.consult', 'I'),
];

/** The agent asks an expert, who is being dialled. */
export const asksExpert: readonly Row[] = [
  asksForExpert,
  ...consultAnswered,
  happens('conversation.held', 'V1'),
  state('I', 'STARTED'),
  state('V1', 'HELD'),
  ...secondLegAppears,
];

const expertAnswers: readonly Row[] = [
  happens('conversation.dialing', 'V2'),
  happens('conversation.started', 'V2'),
  happens('conversation.talking', 'V2'),
  happens('conversation.partyadded', 'V2', THE_EXPERT),
  state('V2', 'TALKING'),
  state('I', 'STARTED'),
];

/** A login, a call that is held, and an expert who talks. */
export const consulting: readonly Row[] = [...inACall, ...asksExpert, ...expertAnswers];

/** What follows when the second leg has gone. */
const secondLegGone: readonly Row[] = [
  state('V2', 'RELEASED'),
  ...done('conversation.request.dispose', 'V2'),
  told('conversation.disposed', 'V2'),
  told('interaction.focuschanged', 'I', { conversation: { id: 'V1' } }),
  state('I', 'STARTED'),
];

const firstLegBack: readonly Row[] = [happens('conversation.talking', 'V1'), state('V1', 'TALKING')];

const comesToNothing = (why: readonly Row[]): readonly Row[] => [
  ...inACall,
  ...asksExpert,
  ...why,
  ...secondLegGone,
  ...firstLegBack,
];

export const D7: readonly Sequence[] = [
  { title: 'the agent consults an expert', rows: consulting },
  {
    title: 'the switch will not consult',
    rows: [
      ...inACall,
      asksForExpert,
      asked('interaction.request.consult', 'I', { destination: EXPERT }),
      refuses('interaction.request.consult', 'I', 'Nobody answers there.'),
      reply('interaction.request.consult', 'I', { result: 'failure', failure: { code: 'CTI_ERROR' } }),
      happens('conversation.held', 'V1'),
      state('V1', 'HELD'),
    ],
  },
  {
    title: 'the expert is busy after all',
    rows: comesToNothing([happens('conversation.busy', 'V2'), told('conversation.busy', 'V2')]),
  },
  {
    title: 'the expert cannot be reached after all',
    rows: comesToNothing([
      happens('conversation.failed', 'V2', { reason: 'Out of service.' }),
      told('conversation.failed', 'V2', { reason: 'Out of service.' }),
    ]),
  },
  { title: 'the expert hangs up', rows: comesToNothing([happens('conversation.ended', 'V2')]) },
  {
    title: 'the agent gives the consult up while it is dialled',
    rows: comesToNothing([
      wants('conversation.request.release', 'V2'),
      ...done('conversation.request.release', 'V2'),
      reply('conversation.request.release', 'V2'),
      happens('conversation.ended', 'V2'),
    ]),
  },
  {
    title: 'the caller hangs up during the consult',
    rows: [
      ...consulting,
      happens('conversation.ended', 'V1'),
      state('V1', 'RELEASED'),
      ...done('conversation.request.dispose', 'V1'),
      told('conversation.disposed', 'V1'),
      told('interaction.focuschanged', 'I', { conversation: { id: 'V2' } }),
      state('I', 'STARTED'),
      happens('conversation.ended', 'V2'),
      state('V2', 'RELEASED'),
      ...done('conversation.request.dispose', 'V2'),
      told('conversation.disposed', 'V2'),
      told('interaction.ended', 'I'),
      state('I', 'ENDED'),
    ],
  },
];
