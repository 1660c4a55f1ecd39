import { type JsonObject } from '@cordboard/kernel';
import { type Places } from '../check/event-list.ts';
import { type Stage } from '../desk/stage.ts';
import { textOf } from '../wire/frame.ts';
import { type CommandScript, type Given } from './row.ts';

const bare: Given = async (stage) => {
  await stage.started();
  return stage.bare();
};

const lastOf = (path = ''): string => path.split('.').at(-1) ?? '';

const channelId = ({ channel }: Places): JsonObject => ({ channel: { id: lastOf(channel) } });

const groupId = ({ group }: Places): JsonObject => ({ channel: { id: lastOf(group) } });

const standAlone =
  (state: 'active' | 'inactive'): Given =>
  async (stage) => {
    await stage.started();
    const { channel = '' } = await stage.standAlone();
    return stage[state](channel);
  };

/** The added group with its three channels by type. */
const media: Given = async (stage) => {
  const desk = await stage.started();
  const group = await stage.mediaGroup();
  const channels = desk
    .under(group)
    .map(({ path, about }) => [textOf(about['type']).toLowerCase(), path] as const);
  return { session: desk.session, group, ...Object.fromEntries(channels) };
};

const mediaWithChat =
  (state: 'active' | 'inactive'): Given =>
  async (stage) => {
    const places = await media(stage);
    for (const channel of ['chat', 'email', 'callback']) await stage.inactive(places[channel] ?? '');
    await stage[state](places['chat'] ?? '');
    return places;
  };

const group = (name: string, flags: JsonObject = {}): JsonObject => ({ channelgroup: { name, ...flags } });
const endpoint =
  (suffix: string, type: string) =>
  (_places: Places, { agent }: Stage): JsonObject => ({ channel: { endpoint: `${agent}${suffix}`, type } });

const ADDED = ['channel.created channel', 'state.updated channel INACTIVE', 'channel.initialized channel'];
const member = (role: string): readonly string[] => ADDED.map((one) => one.replace(/ channel/, ` ${role}`));

/** How stand-alone channels and groups come and go. */
export const SESSION_OBJECT_SCRIPTS: readonly CommandScript[] = [
  {
    command: 'session.request.addchannel',
    to: 'session',
    needsCaller: true,
    successes: [
      { why: 'a telephone', given: bare, data: endpoint('-desk', 'Telephony'), lists: [ADDED] },
      { why: 'a type in small letters', given: bare, data: endpoint('-solo-chat', 'chat'), lists: [ADDED] },
      { why: 'a type in capitals', given: bare, data: endpoint('-solo-email', 'EMAIL'), lists: [ADDED] },
    ],
    refusals: [
      {
        why: 'an endpoint that the phone system refuses',
        given: bare,
        data: { channel: { endpoint: 'no-such-endpoint', type: 'Telephony' } },
        code: 'CTI_ERROR',
      },
    ],
  },
  {
    command: 'session.request.removechannel',
    to: 'session',
    needsCaller: true,
    successes: [
      {
        why: 'an active channel',
        given: standAlone('active'),
        data: channelId,
        lists: [
          ['channel.infochanged channel', 'state.updated channel INACTIVE', 'channel.disposed channel'],
        ],
      },
      {
        why: 'an inactive channel',
        given: standAlone('inactive'),
        data: channelId,
        lists: [['channel.disposed channel']],
      },
    ],
    refusals: [
      {
        why: 'an id that nothing has',
        given: bare,
        data: { channel: { id: 'nothing' } },
        code: 'UNKNOWN_TARGET',
        breaks: 'stand-alone-channel',
      },
      {
        why: 'a channel of a group',
        given: async (stage) => (await stage.started(), stage.placesOf(stage.phone)),
        data: channelId,
        code: 'UNKNOWN_TARGET',
        breaks: 'stand-alone-channel',
      },
      {
        why: 'a call on it',
        given: async (stage) => {
          const { channel = '' } = await standAlone('active')(stage);
          const from = stage.desk.mark;
          await stage.desk.must('channel.request.dial', channel, { destination: '+12025550102' });
          return stage.announced(channel, from);
        },
        data: channelId,
        code: 'ONGOING_INTERACTION',
        breaks: 'no-ongoing-interaction',
      },
    ],
  },
  {
    command: 'session.request.addchannelgroup',
    to: 'session',
    needsCaller: true,
    successes: [
      {
        why: 'with chat, e-mail and callback',
        given: bare,
        data: group('PROJECT', { chat: true, email: true, callback: true }),
        lists: [
          ['channelgroup.created group', 'state.updated group', 'channelgroup.initialized group'],
          member('first'),
          member('second'),
          member('third'),
        ],
      },
      {
        why: 'flags that are left out are off',
        given: bare,
        data: group('BACKOFFICE', { chat: true }),
        lists: [
          ['channelgroup.created group', 'state.updated group', 'channelgroup.initialized group'],
          member('first'),
        ],
      },
      { why: 'a name that exists: nothing is announced', given: media, data: group('PROJECT'), lists: [] },
    ],
    refusals: [
      { why: 'a name that the phone system refuses', given: bare, data: group('NOBODY'), code: 'CTI_ERROR' },
    ],
  },
  {
    command: 'session.request.removechannelgroup',
    to: 'session',
    needsCaller: true,
    successes: [
      {
        why: 'one of its channels is active',
        given: mediaWithChat('active'),
        data: groupId,
        lists: [
          ['channel.infochanged chat', 'state.updated chat INACTIVE', 'channel.disposed chat'],
          ['channel.disposed email'],
          ['channel.disposed callback'],
          ['state.updated group EMPTY', 'channelgroup.disposed group'],
        ],
      },
      {
        why: 'the id under data.channelgroup',
        given: mediaWithChat('inactive'),
        data: ({ group: path }) => ({ channelgroup: { id: lastOf(path) } }),
        lists: [
          ['channel.disposed chat'],
          ['channel.disposed email'],
          ['channel.disposed callback'],
          ['state.updated group EMPTY', 'channelgroup.disposed group'],
        ],
      },
    ],
    refusals: [
      {
        why: 'an id that nothing has',
        given: bare,
        data: { channel: { id: 'nothing' } },
        code: 'UNKNOWN_TARGET',
        breaks: 'known-group',
      },
      {
        why: 'a chat on one of its channels',
        given: async (stage) => (await stage.started(), stage.accepted('CHAT')),
        data: groupId,
        code: 'ONGOING_INTERACTION',
        breaks: 'no-ongoing-interaction',
      },
    ],
  },
];
