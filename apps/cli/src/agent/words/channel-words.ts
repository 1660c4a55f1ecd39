import { showScripts } from '../describe-lists.ts';
import { bare, type Word, type Words } from './word.ts';

/** `all` means every channel of the group. */
const forOneOrAll = (word: 'activate' | 'deactivate', help: string): Word => ({
  usage: `${word} [all]`,
  help,
  read: ([all, ...more]) => {
    if (more.length > 0 || (all !== undefined && all !== 'all')) return null;
    return [
      { command: all === undefined ? `channel.request.${word}` : `channelgroup.request.${word}all` } as const,
    ];
  },
});

/** Being there for calls, chats and mails. */
export const CHANNEL_WORDS: Words = {
  activate: forOneOrAll('activate', 'log in on a channel, or on all of the group'),
  deactivate: forOneOrAll('deactivate', 'log out of a channel, or of all of the group'),
  ready: bare('ready', { command: 'channel.request.ready', loggedIn: true }, 'take work'),
  notready: {
    usage: 'notready <reason> [text]',
    help: 'take no work, for a reason such as acw or 1',
    read: ([reasoncode, ...text]) =>
      reasoncode === undefined
        ? null
        : [
            {
              command: 'channel.request.notready',
              data: { reasoncode, ...(text.length === 0 ? {} : { reasondesc: text.join(' ') }) },
            },
          ],
  },
  dial: {
    usage: 'dial <number> [skill]',
    help: 'call a number, under an outbound skill where one is asked for',
    read: ([destination, skillId, ...more]) =>
      destination === undefined || more.length > 0
        ? null
        : [
            {
              command: 'channel.request.dial',
              data: { destination, ...(skillId === undefined ? {} : { extensions: { skillId } }) },
              type: 'TELEPHONY',
              loggedIn: true,
            },
          ],
  },
  dispositions: bare(
    'dispositions',
    { command: 'channel.request.externaldispositions' },
    'list what can become of an interaction',
  ),
  scripts: bare(
    'scripts',
    { command: 'channel.request.incontact.getscripts', show: showScripts },
    'list the scripts of a channel',
  ),
};
