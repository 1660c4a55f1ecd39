import { type SessionModel } from '@cordboard/client';
import { isNamed } from '../choose-object.ts';
import { showAddressBooks, showDirectory } from '../describe-lists.ts';
import { bare, type Wish, type Word, type Words } from './word.ts';

const MEDIA: readonly string[] = ['chat', 'email', 'callback'];

const addGroup = (name: string | undefined, media: readonly string[]): readonly Wish[] | null => {
  if (name === undefined || !media.every((one) => MEDIA.includes(one))) return null;
  const flags = Object.fromEntries(MEDIA.map((one) => [one, media.includes(one)]));
  return [{ command: 'session.request.addchannelgroup', data: { channelgroup: { name, ...flags } } }];
};

const add: Word = {
  usage: 'add group <name> [chat] [email] [callback] | channel <type> <endpoint>',
  help: 'add a group of channels, or a channel that stands alone',
  read: ([what, first, ...rest]) => {
    if (what === 'group') return addGroup(first, rest);
    const [endpoint, ...more] = rest;
    if (what !== 'channel' || first === undefined || endpoint === undefined || more.length > 0) return null;
    return [{ command: 'session.request.addchannel', data: { channel: { type: first, endpoint } } }];
  },
};

/** The whole id of what the agent named; what is not known is left for the server to say. */
const idOf = ({ objects }: SessionModel, kind: 'channel' | 'channelgroup', name: string): string =>
  Object.values(objects).find((object) => object.kind === kind && isNamed(object, name))?.id ?? name;

const remove: Word = {
  usage: 'remove <number> | channel <id> | group <id>',
  help: 'take a party out of the conference; remove a channel or a group',
  read: ([what, name, ...more], model) => {
    if (what === undefined || more.length > 0) return null;
    if (what === 'channel' || what === 'group') {
      if (name === undefined) return null;
      const id = idOf(model, what === 'group' ? 'channelgroup' : 'channel', name);
      const command =
        what === 'group' ? 'session.request.removechannelgroup' : 'session.request.removechannel';
      return [{ command, data: { channel: { id } } }];
    }
    return name === undefined
      ? [{ command: 'conversation.request.removeparty', data: { number: what } }]
      : null;
  },
};

const addressBook: Word = {
  usage: 'addressbook [live | stop]',
  help: 'show the address books, follow their changes, or stop that',
  read: ([how, ...more]) => {
    if (more.length > 0 || !['live', 'stop', undefined].includes(how)) return null;
    return how === 'stop'
      ? [{ command: 'session.request.incontact.addressbook.stop' }]
      : [
          {
            command: 'session.request.incontact.addressbook',
            data: { realtime: how === 'live' },
            show: showAddressBooks,
          },
        ];
  },
};

const leg: Word = {
  usage: 'leg connect | disconnect',
  help: 'your permanent voice leg',
  read: ([how, ...more]) =>
    more.length === 0 && (how === 'connect' || how === 'disconnect')
      ? [{ command: `session.request.incontact.agentleg.${how}` }]
      : null,
};

/** Everything about the session as a whole. */
export const SESSION_WORDS: Words = {
  directory: bare(
    'directory',
    { command: 'session.request.getdirectory', show: showDirectory },
    'list numbers to dial',
  ),
  reasons: {
    usage: 'reasons',
    help: 'list the reasons for being not ready and for leaving',
    read: (args) =>
      args.length > 0
        ? null
        : [
            { command: 'session.request.externalnotreadyreasons' },
            { command: 'session.request.externallogoutreasons' },
          ],
  },
  addressbook: addressBook,
  leg,
  add,
  remove,
  logout: {
    usage: 'logout [reason]',
    help: 'end the session',
    read: ([reason, ...more]) =>
      more.length > 0
        ? null
        : [{ command: 'session.request.logout', ...(reason === undefined ? {} : { data: { reason } }) }],
  },
};
