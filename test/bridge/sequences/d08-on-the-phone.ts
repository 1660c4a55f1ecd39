import { done, happens, later, type Row, state, told } from '../play/row.ts';
import { inACall } from './d05-inbound.ts';
import { asksExpert } from './d07-consult.ts';
import { EXPERT } from './numbers.ts';
import { type Sequence } from './sequence.ts';

/** The agent calls an expert on the phone itself. */
const consultsOnThePhone: readonly Row[] = [
  happens('conversation.held', 'V1'),
  state('V1', 'HELD'),
  happens('interaction.consult', 'I', { nativeid: 'nV2' }),
  ...done('interaction.request.createconversation', 'I', { id: 'V2', nativeid: 'nV2' }),
  state('I', 'STARTED'),
  later('E5', 2, told('conversation.created', 'I', { conversation: { id: 'V2' } })),
  ...done(
    'conversation.query.init',
    'V2',
    {},
    { 'conversation-state': 'DIALING', parties: [{ number: EXPERT, name: '' }] },
  ),
  state('V2', 'DIALING'),
  told('conversation.member.added', 'V2'),
  told('conversation.initialized', 'V2'),
  told('interaction.focuschanged', 'I', { conversation: { id: 'V2' } }),
];

export const D8: readonly Sequence[] = [
  { title: 'a consult is begun on the phone', rows: [...inACall, ...consultsOnThePhone] },
  {
    title: 'the consult of the desktop is named once more by the switch',
    rows: [...inACall, ...asksExpert, happens('interaction.consult', 'I', { nativeid: 'nV2' })],
  },
  {
    title: 'a second consult has no place',
    rows: [...inACall, ...consultsOnThePhone, happens('interaction.consult', 'I', { nativeid: 'another' })],
  },
];
