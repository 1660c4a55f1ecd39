import { messageRow, MESSAGES } from './messages.ts';

/** Queries, requests and events of every destination (bridge G, interaction.query.init once; extension family). */
const COUNTS = [
  ['control', 3, 3, 2],
  ['session', 5, 5, 3],
  ['channelgroup', 1, 3, 1],
  ['channel', 4, 7, 8],
  ['interaction', 2, 12, 6],
  ['conversation', 1, 11, 13],
] as const;

describe('the catalogue of messages', () => {
  it.each(COUNTS)('%s has %i queries, %i requests, %i events', (level, ...counts) => {
    const kinds = ['query', 'request', 'event'].map(
      (kind) => MESSAGES.filter((row) => row.level === level && row.kind === kind).length,
    );
    expect(kinds).toEqual(counts);
  });

  it('names every message once', () => {
    expect(new Set(MESSAGES.map(({ name }) => name)).size).toBe(90);
  });

  it('names questions by what they are', () => {
    for (const { name, kind, level } of MESSAGES) {
      expect(name.startsWith(level === 'control' ? 'cti.' : `${level}.`)).toBe(true);
      expect(/\.(query|request)\./.exec(name)?.[1] ?? 'event').toBe(kind);
    }
  });

  it('finds a row by its literal name alone', () => {
    expect(messageRow('conversation.mute')).toMatchObject({ kind: 'event', level: 'conversation' });
    for (const name of ['conversation.muted', 'Conversation.mute', 'toString', ''])
      expect(messageRow(name)).toBeNull();
  });
});
