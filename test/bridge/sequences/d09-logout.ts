import { asked, done, happens, refuses, reply, type Row, state, told, wants } from '../play/row.ts';
import { atWork, logsIn } from './d04-login.ts';
import { inACall, onlyLegEnds } from './d05-inbound.ts';
import { type Sequence } from './sequence.ts';

const wantsOut = wants('session.request.logout', 'S');

const leaves: readonly Row[] = [
  ...done('channel.request.notready', 'H', { reasoncode: 'logout' }),
  happens('channel.notready', 'H', { reasoncode: 'logout' }),
  ...done('channel.request.deactivate', 'H'),
  happens('channel.deactivated', 'H'),
];

const givesUp: readonly Row[] = [
  ...done('channel.request.dispose', 'H'),
  ...done('channelgroup.request.removechannel', 'G', { id: 'H' }),
  ...done('channelgroup.request.dispose', 'G'),
  ...done('session.request.removechannelgroup', 'S', { id: 'G' }),
];

const logsOut: readonly Row[] = [
  ...done('session.request.logout', 'S'),
  ...done('session.request.dispose', 'S'),
  reply('session.request.logout', 'S'),
];

export const D9: readonly Sequence[] = [
  { title: 'a ready agent logs out', rows: [...atWork, wantsOut, ...leaves, ...givesUp, ...logsOut] },
  {
    title: 'an agent logs out who is not logged on to the channel',
    rows: [...logsIn({ 'channel-state': 'INACTIVE' }), wantsOut, ...givesUp, ...logsOut],
  },
  {
    title: 'nobody logs out of a call',
    rows: [
      ...inACall,
      wantsOut,
      reply('session.request.logout', 'S', { result: 'failure', failure: { code: 'ONGOING_INTERACTION' } }),
    ],
  },
  {
    title: 'a call that has ended is let go of without a word',
    rows: [
      ...inACall,
      ...onlyLegEnds,
      wantsOut,
      ...leaves,
      ...done('interaction.request.dispose', 'I'),
      ...givesUp,
      ...logsOut,
    ],
  },
  {
    title: 'a logout that fails on its way tells what has changed',
    rows: [
      ...atWork,
      wantsOut,
      ...leaves.slice(0, 3),
      asked('channel.request.deactivate', 'H'),
      refuses('channel.request.deactivate', 'H', 'Not now.'),
      told('channel.infochanged', 'H', { agentStatus: { status: 'not_ready' } }),
      state('H', 'ACTIVE'),
      reply('session.request.logout', 'S', { result: 'failure', failure: { code: 'CTI_ERROR' } }),
    ],
  },
  {
    title: 'a group is removed',
    rows: [
      ...atWork,
      wants('session.request.removechannelgroup', 'S', { channel: { id: 'G' } }),
      ...leaves.slice(0, 3),
      told('channel.infochanged', 'H', { agentStatus: { status: 'not_ready' } }),
      state('H', 'ACTIVE'),
      ...leaves.slice(3),
      reply('session.request.removechannelgroup', 'S'),
      told('channel.infochanged', 'H'),
      state('H', 'INACTIVE'),
      ...done('channel.request.dispose', 'H'),
      ...done('channelgroup.request.removechannel', 'G', { id: 'H' }),
      told('channel.disposed', 'H'),
      state('G', 'EMPTY'),
      ...done('channelgroup.request.dispose', 'G'),
      ...done('session.request.removechannelgroup', 'S', { id: 'G' }),
      told('channelgroup.disposed', 'G'),
    ],
  },
  {
    title: 'another log-in of the agent takes the observer away and leaves the call',
    rows: [
      ...inACall,
      wants('prepareSession', '-', { override: true, agent: { id: 'AGENT', password: 'demo' } }),
      ...done('cti.query.validateagent', 'CTL', { id: 'AGENT' }),
      ...done('cti.query.agentinfo', 'CTL', { id: 'AGENT' }, { agent: { id: 'AGENT' } }),
      ...done('conversation.request.dispose', 'V1'),
      ...done('interaction.request.dispose', 'I'),
      ...givesUp,
      ...done('session.request.dispose', 'S'),
      reply('prepareSession', '-', { result: 'success', data: { session: { id: 'T' } } }),
    ],
  },
];
