import { type JsonObject } from '@cordboard/kernel';
import { done, happens, reply, type Row, state, told, wants } from '../play/row.ts';
import { overEach } from '../room/over-each.ts';
import { atWork, logsIn } from '../sequences/d04-login.ts';
import { inACall } from '../sequences/d05-inbound.ts';

const idle = logsIn({ 'channel-state': 'INACTIVE' });

/** The pair that tells of a channel. */
const channelIs = (now: string, info: JsonObject = {}): readonly Row[] => [
  told('channel.infochanged', 'H', { state: now, ...info }),
  state('H', now),
];

/** A wish that goes to the switch as it is, and what comes of it. */
const wish = (name: string, at: string, body: JsonObject, outcome: readonly Row[]): readonly Row[] => [
  wants(name, at, body),
  ...done(name, at, body),
  reply(name, at),
  ...outcome,
];

const takenNotReady: readonly Row[] = [
  ...done('channel.request.notready', 'H', { reasoncode: 'logout' }),
  happens('channel.notready', 'H', { reasoncode: 'logout' }),
];
const notReady = channelIs('ACTIVE', { agentStatus: { status: 'not_ready', lastReasonCode: 'logout' } });

const activated: readonly Row[] = [
  happens('channel.activated', 'H'),
  ...channelIs('ACTIVE'),
  state('G', 'ACTIVE'),
];
const deactivated: readonly Row[] = [
  happens('channel.deactivated', 'H'),
  ...channelIs('INACTIVE'),
  state('G', 'INACTIVE'),
];

/** By the command's row in the table of the bridge; those of calls and legs are the sequences D.5 to D.16. */
const COMMANDS: readonly (readonly [title: string, before: readonly Row[], rows: readonly Row[]])[] = [
  [
    'activateall',
    idle,
    [
      wants('channelgroup.request.activateall', 'G'),
      ...done('channel.request.activate', 'H'),
      ...activated,
      reply('channelgroup.request.activateall', 'G'),
    ],
  ],
  [
    'deactivateall of a ready agent',
    atWork,
    [
      wants('channelgroup.request.deactivateall', 'G'),
      ...takenNotReady,
      ...notReady,
      ...done('channel.request.deactivate', 'H'),
      ...deactivated,
      reply('channelgroup.request.deactivateall', 'G'),
    ],
  ],
  ['activate', idle, wish('channel.request.activate', 'H', {}, activated)],
  [
    'deactivate of a ready agent',
    atWork,
    [
      wants('channel.request.deactivate', 'H'),
      ...takenNotReady,
      ...notReady,
      ...done('channel.request.deactivate', 'H'),
      reply('channel.request.deactivate', 'H'),
      ...deactivated,
    ],
  ],
  [
    'notready',
    atWork,
    wish('channel.request.notready', 'H', { reasoncode: '3', reasondesc: 'Lunch' }, [
      happens('channel.notready', 'H', { reasoncode: '3', reasondesc: 'Lunch' }),
      ...channelIs('ACTIVE', { agentStatus: { status: 'not_ready', lastReasonName: 'Lunch' } }),
    ]),
  ],
  [
    'ready',
    logsIn({ 'channel-state': 'ACTIVE', 'agent-state': { status: 'not_ready' } }),
    wish('channel.request.ready', 'H', {}, [
      happens('channel.ready', 'H'),
      ...channelIs('ACTIVE', { agentStatus: { status: 'ready' } }),
    ]),
  ],
  [
    'setinteractiondata',
    inACall,
    wish('interaction.request.setinteractiondata', 'I', { key: 'VIP', value: 'yes' }, [
      happens('interaction.datachanged', 'I', { 'interaction-data': { VIP: 'yes' } }),
      told('interaction.datachanged', 'I', { interactionData: { VIP: 'yes' } }),
    ]),
  ],
  ['setdisposition', inACall, wish('interaction.request.setdisposition', 'I', { disposition: 'sold' }, [])],
  ['senddtmf', inACall, wish('conversation.request.senddtmf', 'V1', { digits: '1*#' }, [])],
];

overEach((scene) => {
  it.each(COMMANDS)('T-23 tells once and in order what comes of %s', (_, before, rows) =>
    scene.check([...before, ...rows]),
  );
});
