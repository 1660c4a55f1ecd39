import { type JsonObject } from '@cordboard/kernel';
import { insist } from '../check/mismatch.ts';
import { type Places } from '../check/event-list.ts';
import { type Stage } from '../desk/stage.ts';
import { textOf } from '../wire/frame.ts';
import { type CommandScript, type Given } from './row.ts';

const team =
  (state: 'active' | 'inactive' | 'ready' | 'notReady'): Given =>
  async (stage) => {
    const desk = await stage.started();
    for (const { path } of desk.under(stage.group)) await stage[state](path);
    return stage.placesOf(stage.phone);
  };

/** The media group, with the chat in the other state. */
const media =
  (others: 'active' | 'inactive', chat: 'active' | 'inactive'): Given =>
  async (stage) => {
    const desk = await stage.started();
    const group = await stage.mediaGroup();
    const places: Record<string, string> = { session: desk.session, group };
    for (const { path, about } of desk.under(group)) {
      places[textOf(about['type']).toLowerCase()] = path;
      await stage[about['type'] === 'CHAT' ? chat : others](path);
    }
    return places;
  };

/** A channel that was there already is passed by without a word. */
const chatUntouched = async ({ desk }: Stage, { chat }: Places, from: number): Promise<void> => {
  const told = desk
    .events(from)
    .find(({ target, name }) => target === chat && name === 'channel.infochanged');
  insist(told === undefined, 'nothing about a channel that was in the wanted state already', told);
};

const taken: Given = async (stage) => {
  await stage.started();
  const places = await stage.inactive();
  await stage.world.phone(stage.agent, 'take-over');
  await stage.desk.reaches(places['channel'] ?? '', 'UNAVAILABLE');
  return places;
};

const to =
  (state: string) =>
  (role: string): readonly string[] => [`channel.infochanged ${role}`, `state.updated ${role} ${state}`];
const activated = to('ACTIVE');
const deactivated = to('INACTIVE');

const withQueue = ({ channel = '' }: Places): JsonObject => ({
  channeloptions: [{ id: channel.split('.').at(-1) ?? '', queue: '7000' }],
});

/** How the commands on a group are tried. */
export const CHANNEL_GROUP_SCRIPTS: readonly CommandScript[] = [
  {
    command: 'channelgroup.request.activateall',
    to: 'group',
    data: {},
    successes: [
      { why: 'none is active', given: team('inactive'), data: withQueue, lists: [activated('channel')] },
      { why: 'all are active', given: team('active'), lists: [] },
      {
        why: 'those that are active are passed by',
        given: media('inactive', 'active'),
        lists: [activated('email'), activated('callback')],
        then: chatUntouched,
        needsCaller: true,
      },
    ],
    refusals: [
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
    command: 'channelgroup.request.deactivateall',
    to: 'group',
    successes: [
      { why: 'all are active', given: team('notReady'), lists: [deactivated('channel')] },
      {
        why: 'a ready one is taken not ready first',
        given: team('ready'),
        lists: [[...activated('channel'), ...deactivated('channel')]],
      },
      {
        why: 'those that are inactive are passed by',
        given: media('active', 'inactive'),
        lists: [deactivated('email'), deactivated('callback')],
        then: chatUntouched,
        needsCaller: true,
      },
    ],
    refusals: [
      {
        why: 'a call is up',
        given: async (stage) => (await stage.started(), stage.talking()),
        code: 'ONGOING_INTERACTION',
        breaks: 'no-ongoing-interaction',
        needsCaller: true,
      },
    ],
  },
];
