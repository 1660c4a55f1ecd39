import { done, extra, happens, later, reply, type Row, state, told, wants } from '../play/row.ts';
import { channel, group, opens, prepares } from './d04-login.ts';
import { type Sequence } from './sequence.ts';

/** A login with a telephony channel and one of another kind. */
const withMedia = (type: string): readonly Row[] => [
  ...prepares,
  ...opens,
  ...group({ 'end-point': 'nH', type: 'TELEPHONY' }, { 'end-point': 'nM', type }),
  state('G', 'INACTIVE'),
  ...channel('H', 'TELEPHONY', { 'channel-state': 'ACTIVE' }),
  told('channel.initialized', 'H'),
  ...channel('M', type, { 'channel-state': 'ACTIVE' }),
  told('channel.initialized', 'M'),
  extra('E9', state('G', 'ACTIVE')),
  told('channelgroup.initialized', 'G'),
  told('session.initialized', 'S'),
];

/** A contact waits for the agent. */
const waits: readonly Row[] = [
  happens('channel.interaction', 'M', { nativeid: 'nJ' }),
  ...done('channel.request.createinteraction', 'M', { id: 'J', nativeid: 'nJ' }),
  later('E5', 2, told('interaction.created', 'M', { interaction: { id: 'J' } })),
  ...done('interaction.query.init', 'J', {}, { 'interaction-state': 'ALERTING', 'interaction-data': {} }),
  state('J', 'ALERTING'),
  told('interaction.datachanged', 'J'),
  told('interaction.preview', 'J'),
  told('interaction.initialized', 'J'),
  happens('interaction.alerting', 'J'),
];

const accepts: readonly Row[] = [
  wants('interaction.request.accept', 'J'),
  ...done('interaction.request.accept', 'J'),
  reply('interaction.request.accept', 'J'),
  told('interaction.screenpop', 'J'),
  state('J', 'STARTED'),
];

const isOver: readonly Row[] = [
  told('interaction.complete', 'J'),
  state('J', 'COMPLETED'),
  ...done('interaction.request.dispose', 'J'),
  told('interaction.disposed', 'J'),
];

const handled: readonly Row[] = [
  ...waits,
  ...accepts,
  wants('interaction.request.complete', 'J'),
  ...done('interaction.request.complete', 'J'),
  reply('interaction.request.complete', 'J'),
  ...isOver,
];

export const D16: readonly Sequence[] = [
  { title: 'a chat is accepted and completed', rows: [...withMedia('CHAT'), ...handled] },
  { title: 'a mail is accepted and completed', rows: [...withMedia('EMAIL'), ...handled] },
  {
    title: 'a chat is rejected',
    rows: [
      ...withMedia('CHAT'),
      ...waits,
      wants('interaction.request.reject', 'J'),
      ...done('interaction.request.reject', 'J'),
      reply('interaction.request.reject', 'J'),
      told('interaction.ended', 'J'),
      state('J', 'ENDED'),
      ...isOver,
    ],
  },
  {
    title: 'the switch closes a chat by itself',
    rows: [...withMedia('CHAT'), ...waits, ...accepts, happens('interaction.completed', 'J'), ...isOver],
  },
];
