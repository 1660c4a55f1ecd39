import { type JsonObject } from '@cordboard/kernel';
import { done, extra, later, reply, type Row, state, told, wants } from '../play/row.ts';
import { type Sequence } from './sequence.ts';

/** How the switch finds a channel. */
interface ChannelFound {
  readonly 'channel-state': 'ACTIVE' | 'INACTIVE';
  readonly 'agent-state'?: JsonObject;
}

const PASSWORD = 'demo';
const CREDENTIALS = { id: 'AGENT', password: PASSWORD };

/** The desktop binds to the session, for the first time or again. */
export const binds: readonly Row[] = [
  wants('bindSession', 'S', { client: 'tab' }),
  reply('bindSession', 'S'),
];

/** The agent proves who they are, and binds. */
export const prepares: readonly Row[] = [
  wants('prepareSession', '-', { agent: CREDENTIALS }),
  ...done('cti.query.validateagent', 'CTL', CREDENTIALS),
  ...done('cti.query.agentinfo', 'CTL', { id: 'AGENT' }, { agent: { id: 'AGENT', name: 'Example Agent' } }),
  reply('prepareSession', '-', { result: 'success', data: { session: { id: 'S' } } }),
  ...binds,
];

const created = done('cti.request.createsession', 'CTL', { id: 'S', agent: { id: 'AGENT' } });

/** The session is started at the switch. What it says of a session with one group and one telephony channel. */
export const opens: readonly Row[] = [
  wants('session.start', 'S'),
  ...created,
  ...done(
    'session.query.init',
    'S',
    { chat: false, email: false, callback: false },
    { 'channel-groups': [{ id: 'nG' }], channels: [] },
  ),
  reply('session.start', 'S'),
];

/** Registers and reads a channel; `name` is what the sequence calls it. */
export const channel = (name: string, type: string, reading: ChannelFound): readonly Row[] => [
  ...done('channelgroup.request.addchannel', 'G', { id: name, nativeid: `n${name}`, type }),
  later('E5', 2, told('channel.created', 'G', { channel: { id: name } })),
  ...done('channel.query.init', name, {}, { interactions: [], ...reading }),
  ...(reading['channel-state'] === 'INACTIVE' ? [] : [told('channel.infochanged', name)]),
  state(name, reading['channel-state']),
];

/** Registers and reads the group. */
export const group = (...channels: readonly JsonObject[]): readonly Row[] => [
  ...done('session.request.addchannelgroup', 'S', { id: 'G', nativeid: 'nG' }),
  later('E5', 2, told('channelgroup.created', 'S', { channelgroup: { id: 'G' } })),
  ...done('channelgroup.query.init', 'G', {}, { channels }),
];

/** A whole login with one telephony channel; `reading`: how it is found. */
export const logsIn = (reading: ChannelFound): readonly Row[] => [
  ...prepares,
  ...opens,
  ...group({ 'end-point': 'nH', type: 'TELEPHONY' }),
  state('G', 'INACTIVE'),
  ...channel('H', 'TELEPHONY', reading),
  told('channel.initialized', 'H'),
  ...(reading['channel-state'] === 'ACTIVE' ? [extra('E9', state('G', 'ACTIVE'))] : []),
  told('channelgroup.initialized', 'G'),
  told('session.initialized', 'S'),
];

const NOT_LOGGED_ON: ChannelFound = { 'channel-state': 'INACTIVE' };

/** A login that finds the agent logged on, and ready. */
export const atWork: readonly Row[] = logsIn({
  'channel-state': 'ACTIVE',
  'agent-state': { status: 'ready' },
});

export const D4: readonly Sequence[] = [
  { title: 'an agent logs in and nothing goes on', rows: logsIn(NOT_LOGGED_ON) },
  { title: 'an agent logs in who is logged on at the switch', rows: atWork },
];
