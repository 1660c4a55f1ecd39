import { bare, type Words, withText } from './word.ts';

const MAX_PARAMETERS = 20;

/** The work on a call, a chat or a mail. */
export const INTERACTION_WORDS: Words = {
  accept: bare('accept', { command: 'interaction.request.accept' }, 'take what is offered'),
  reject: bare('reject', { command: 'interaction.request.reject' }, 'leave it to another agent'),
  data: {
    usage: 'data <key> <value>',
    help: 'set an item of the attached data',
    read: ([key, ...value]) =>
      key === undefined || value.length === 0
        ? null
        : [{ command: 'interaction.request.setinteractiondata', data: { key, value: value.join(' ') } }],
  },
  disposition: withText(
    'disposition <text>',
    (disposition) => ({ command: 'interaction.request.setdisposition', data: { disposition } }),
    'say what came of it',
  ),
  complete: bare('complete', { command: 'interaction.request.complete' }, 'finish the work on it'),
  signal: {
    usage: 'signal <p1> ...',
    help: 'give the running script up to 20 words',
    read: (args) =>
      args.length === 0 || args.length > MAX_PARAMETERS
        ? null
        : [
            {
              command: 'interaction.request.incontact.signal',
              data: Object.fromEntries(args.map((value, index) => [`p${index + 1}`, value])),
            },
          ],
  },
};
