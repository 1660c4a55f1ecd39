import { type Places } from '../check/event-list.ts';
import { NUMBERS } from '../desk/stage.ts';
import { type Stage } from '../desk/stage.ts';
import { insist, insistSame } from '../check/mismatch.ts';
import { objectOf } from '../wire/frame.ts';
import { type CommandScript, type Given } from './row.ts';

type PhoneState = 'active' | 'inactive' | 'ready' | 'notReady';

const phone =
  (state: PhoneState): Given =>
  async (stage) => {
    await stage.started();
    return stage[state]();
  };

const standAlone =
  (state: PhoneState): Given =>
  async (stage) => {
    await stage.started();
    const { channel = '' } = await stage.standAlone();
    return stage[state](channel);
  };

const taken: Given = async (stage) => {
  const places = await phone('inactive')(stage);
  await stage.world.phone(stage.agent, 'take-over');
  await stage.desk.reaches(places['channel'] ?? '', 'UNAVAILABLE');
  return places;
};

const chat: Given = async (stage) => {
  const desk = await stage.started();
  const group = await stage.mediaGroup();
  const channel = desk.under(group).find(({ about }) => about['type'] === 'CHAT')?.path ?? '';
  return stage.active(channel);
};

const onCall: Given = async (stage) => (await stage.started(), stage.talking());

const INFO = 'channel.infochanged';
const PAIR = ['channel.infochanged channel', 'state.updated channel ACTIVE'];
const ACTIVATED = PAIR;
const DEACTIVATED = ['channel.infochanged channel INACTIVE', 'state.updated channel INACTIVE'];
const DIALLED = [
  ...PAIR,
  'interaction.created interaction',
  'state.updated interaction DIALING',
  'conversation.created conversation',
  'state.updated conversation DIALING',
  'conversation.member.added conversation',
  'conversation.initialized conversation',
  'interaction.datachanged interaction',
  'interaction.preview interaction',
  'interaction.initialized interaction',
];

const has =
  (status: string, code: string) =>
  async ({ desk }: Stage, { channel = '' }: Places): Promise<void> => {
    const { status: is, lastReasonCode } = desk.thing(channel).status;
    insist(is === status && lastReasonCode === code, `agentStatus ${status} with reason "${code}"`, {
      status: is,
      lastReasonCode,
    });
  };

/** The pair that tells of it belongs to a step that can still refuse: it comes before the answer. */
const notReadyFirst = async ({ desk }: Stage, { channel }: Places, from: number): Promise<void> => {
  const told = desk.events(from).filter(({ name, target }) => name === INFO && target === channel);
  const statuses = told.map(({ data }) => [data?.['state'], objectOf(data?.['agentStatus'])['status']]);
  const [first = []] = statuses;
  insistSame(first, ['ACTIVE', 'not_ready'], 'first');
};

/** How the commands on a channel are tried. */
export const CHANNEL_SCRIPTS: readonly CommandScript[] = [
  {
    command: 'channel.request.activate',
    to: 'channel',
    data: { channeloptions: { queue: '7000' } },
    successes: [
      { why: 'in a group', given: phone('inactive'), lists: [ACTIVATED] },
      {
        why: 'channelOptions, with a list of queues',
        given: phone('inactive'),
        data: { channelOptions: { queue: ['7000'] } },
        lists: [ACTIVATED],
      },
      { why: 'stand-alone', given: standAlone('inactive'), lists: [ACTIVATED], needsCaller: true },
    ],
    refusals: [
      {
        why: 'already active',
        given: phone('active'),
        code: 'CHANNEL_ALREADY_ACTIVE',
        breaks: 'channel-not-active',
      },
      {
        why: 'another agent has the telephone',
        given: taken,
        code: 'CHANNEL_UNAVAILABLE',
        breaks: 'channel-not-taken',
        needsCaller: true,
      },
    ],
  },
  {
    command: 'channel.request.deactivate',
    to: 'channel',
    data: { channelOptions: { queue: '7000', reason: '3' } },
    successes: [
      { why: 'not ready', given: phone('notReady'), lists: [DEACTIVATED] },
      {
        why: 'channeloptions, with a reason as a number',
        given: phone('notReady'),
        data: { channeloptions: { reason: 3 } },
        lists: [DEACTIVATED],
      },
      {
        why: 'a ready agent is taken not ready first',
        given: phone('ready'),
        lists: [DEACTIVATED],
        then: notReadyFirst,
      },
      { why: 'stand-alone', given: standAlone('notReady'), lists: [DEACTIVATED], needsCaller: true },
    ],
    refusals: [
      {
        why: 'already inactive',
        given: phone('inactive'),
        code: 'CHANNEL_ALREADY_INACTIVE',
        breaks: 'channel-not-inactive',
      },
      {
        why: 'a call is up',
        given: onCall,
        code: 'ONGOING_INTERACTION',
        breaks: 'no-ongoing-interaction',
        needsCaller: true,
      },
      {
        why: 'another agent has the telephone',
        given: taken,
        code: 'CHANNEL_UNAVAILABLE',
        breaks: 'channel-not-taken',
        needsCaller: true,
      },
    ],
  },
  {
    command: 'channel.request.ready',
    to: 'channel',
    successes: [
      { why: 'in a group', given: phone('notReady'), lists: [PAIR], then: has('ready', 'break') },
      { why: 'stand-alone', given: standAlone('notReady'), lists: [PAIR], needsCaller: true },
    ],
    refusals: [
      { why: 'not active', given: phone('inactive'), code: 'CHANNEL_NOT_ACTIVE', breaks: 'channel-active' },
      {
        why: 'another agent has the telephone',
        given: taken,
        code: 'CHANNEL_UNAVAILABLE',
        breaks: 'channel-not-taken',
        needsCaller: true,
      },
    ],
  },
  {
    command: 'channel.request.notready',
    to: 'channel',
    data: { reasoncode: 'break', reasondesc: 'Break' },
    successes: [
      { why: 'with a reason', given: phone('ready'), lists: [PAIR], then: has('not_ready', 'break') },
      {
        why: 'after-call work',
        given: phone('ready'),
        data: { reasoncode: 'acw' },
        lists: [PAIR],
        then: has('after_call_work', 'acw'),
      },
      { why: 'a reason as a number', given: phone('ready'), data: { reasoncode: 4 }, lists: [PAIR] },
    ],
    refusals: [
      { why: 'not active', given: phone('inactive'), code: 'CHANNEL_NOT_ACTIVE', breaks: 'channel-active' },
      {
        why: 'another agent has the telephone',
        given: taken,
        code: 'CHANNEL_UNAVAILABLE',
        breaks: 'channel-not-taken',
        needsCaller: true,
      },
    ],
  },
  {
    command: 'channel.request.dial',
    to: 'channel',
    needsCaller: true,
    data: { destination: NUMBERS.ringsOn, extensions: {} },
    successes: [
      { why: 'a number that rings', given: phone('notReady'), lists: [DIALLED] },
      {
        why: 'with extensions',
        given: phone('ready'),
        data: { destination: NUMBERS.ringsOn, extensions: { campaign: 'spring' } },
        lists: [DIALLED],
      },
    ],
    refusals: [
      { why: 'not active', given: phone('inactive'), code: 'CHANNEL_NOT_ACTIVE', breaks: 'channel-active' },
      {
        why: 'another agent has the telephone',
        given: taken,
        code: 'CHANNEL_UNAVAILABLE',
        breaks: 'channel-not-taken',
      },
      { why: 'a chat channel', given: chat, code: 'NOT_SUPPORTED', breaks: 'telephony' },
      {
        why: 'a number that the phone system refuses',
        given: phone('active'),
        data: { destination: NUMBERS.refused },
        code: 'CTI_ERROR',
      },
    ],
  },
  {
    command: 'channel.request.externaldispositions',
    to: 'channel',
    successes: [
      { why: 'asks', given: phone('active'), lists: [['channel.externaldispositions.updated channel']] },
    ],
    refusals: [],
  },
  {
    command: 'channel.request.incontact.getscripts',
    to: 'channel',
    successes: [{ why: 'reads', given: phone('active'), lists: [] }],
    refusals: [],
  },
];
