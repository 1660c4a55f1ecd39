import { type JsonObject } from '@cordboard/kernel';
import { done, extra, later, type Row, state, told } from '../play/row.ts';
import { group, opens, prepares } from './d04-login.ts';
import { CALLER, THE_CALLER, THE_EXPERT } from './numbers.ts';
import { type Sequence } from './sequence.ts';

const CALL = {
  'channel-state': 'ACTIVE',
  'agent-state': { status: 'not_ready' },
  interactions: [{ id: 'nI' }],
};

/** The session is read first. */
export const readsSession: readonly Row[] = opens.filter(({ dir }) => dir === 'B>C' || dir === 'C>B');

/** Group and channel are registered and read; the channel names an interaction. */
export const registersChannel: readonly Row[] = [
  ...group({ 'end-point': 'nH', type: 'TELEPHONY' }).filter(({ dir }) => dir !== 'B>A'),
  ...done('channelgroup.request.addchannel', 'G', { id: 'H', nativeid: 'nH', type: 'TELEPHONY' }),
  ...done('channel.query.init', 'H', {}, CALL),
  ...done('channel.request.createinteraction', 'H', { id: 'I', nativeid: 'nI' }),
];

const [registersV2, v2Registered] = done('interaction.request.createconversation', 'I', {
  id: 'V2',
  nativeid: 'nV2',
});

/** Both legs are registered and read. */
export const registersLegs: readonly Row[] = [
  ...done('interaction.request.createconversation', 'I', { id: 'V1', nativeid: 'nV1' }),
  later('B32', 3, registersV2),
  later('B32', 2, v2Registered),
  ...done('conversation.query.init', 'V1', {}, { 'conversation-state': 'HELD', parties: [THE_CALLER] }),
  ...done('conversation.query.init', 'V2', {}, { 'conversation-state': 'TALKING', parties: [THE_EXPERT] }),
];

/** What the switch says of a call with an expert. */
export const WITH_EXPERT: JsonObject = {
  'interaction-state': 'STARTED',
  'interaction-data': { ANI: CALLER },
  conversations: { primary: { id: 'nV1' }, consult: { id: 'nV2' } },
};

/** Everything is registered under its ids and read. */
const reads: readonly Row[] = [
  ...registersChannel,
  ...done('interaction.query.init', 'I', {}, WITH_EXPERT),
  ...registersLegs,
];

const channelAppears: readonly Row[] = [
  told('channelgroup.created', 'S', { channelgroup: { id: 'G' } }),
  state('G', 'INACTIVE'),
  told('channel.created', 'G', { channel: { id: 'H' } }),
  told('channel.infochanged', 'H'),
  state('H', 'ACTIVE'),
  told('interaction.created', 'H', { interaction: { id: 'I' } }),
];

const legAppears = (name: string, now: string): readonly Row[] => [
  told('conversation.created', 'I', { conversation: { id: name } }),
  state(name, now),
  told('conversation.member.added', name),
  told('conversation.initialized', name),
];

const sessionAppears: readonly Row[] = [
  told('channel.initialized', 'H'),
  extra('E9', state('G', 'ACTIVE')),
  told('channelgroup.initialized', 'G'),
  told('session.initialized', 'S'),
];

const foundAs = (now: string): readonly Row[] => [
  ...prepares,
  ...opens,
  ...registersChannel,
  ...done(
    'interaction.query.init',
    'I',
    {},
    {
      'interaction-state': now,
      'interaction-data': {},
      conversations: {},
    },
  ),
];

/** A login that finds a held call and an expert who talks. */
export const findsConsult: readonly Row[] = [
  ...prepares,
  ...opens,
  ...reads,
  ...channelAppears,
  state('I', 'STARTED'),
  ...legAppears('V1', 'HELD'),
  ...legAppears('V2', 'TALKING'),
  told('interaction.focuschanged', 'I', { conversation: { id: 'V2' } }),
  extra('E36', state('I', 'STARTED')),
  told('interaction.datachanged', 'I'),
  told('interaction.initialized', 'I'),
  ...sessionAppears,
];

export const D15: readonly Sequence[] = [
  { title: 'an agent logs in during a consult', rows: findsConsult },
  {
    title: 'an agent logs in who has a call to wrap up',
    rows: [
      ...foundAs('ENDED'),
      ...channelAppears,
      state('I', 'ENDED'),
      told('interaction.datachanged', 'I'),
      told('interaction.initialized', 'I'),
      ...sessionAppears,
    ],
  },
  {
    title: 'an agent logs in after a call that is over',
    rows: [
      ...foundAs('COMPLETED'),
      ...done('interaction.request.dispose', 'I'),
      ...channelAppears.slice(0, -1),
      ...sessionAppears,
    ],
  },
];
