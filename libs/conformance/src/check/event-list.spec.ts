import { type Frame } from '../wire/frame.ts';
import { insistMatched, insistNothingElse, match } from './event-list.ts';

const event = (name: string, target: string, data: Frame['data'] = {}): Frame => ({
  messageType: 'objectEvent',
  name,
  target,
  data,
});

const EVENTS: readonly Frame[] = [
  event('channel.infochanged', 's.c', { state: 'ACTIVE' }),
  event('interaction.created', 's.c', { interaction: { id: 'i' } }),
  event('state.updated', 's.c.i', { objectType: 'interaction', state: 'DIALING' }),
  event('conversation.created', 's.c.i', { conversation: { id: 'v' } }),
  event('state.updated', 's.c.i.v', { objectType: 'conversation', state: 'DIALING' }),
];
const PLACES = { session: 's', channel: 's.c' };
const LIST = [
  'interaction.created interaction',
  'state.updated interaction DIALING',
  'conversation.created conversation',
  'state.updated conversation DIALING',
];

describe('match', () => {
  it('finds a list among other events and learns what it introduces', () => {
    const { frames, places } = match(LIST, EVENTS, PLACES);
    expect(frames).toEqual(EVENTS.slice(1));
    expect(places).toMatchObject({ interaction: 's.c.i', conversation: 's.c.i.v' });
  });

  it.each([
    ['another order', ['state.updated interaction DIALING', 'interaction.created interaction']],
    ['another state', ['interaction.created interaction', 'state.updated interaction STARTED']],
    ['another object', ['state.updated channel ACTIVE']],
    ['an event that did not come', [...LIST, 'interaction.preview interaction']],
  ])('does not find %s', (_what, list) => {
    const matched = match(list, EVENTS, PLACES);
    expect(() => insistMatched(list, matched, EVENTS)).toThrow(/expected .* got no "/);
  });

  it('takes another object for each list', () => {
    const two = [...EVENTS, event('interaction.created', 's.c', { interaction: { id: 'j' } })];
    const first = match(['interaction.created first'], two, PLACES);
    const second = match(['interaction.created second'], two, first.places);
    expect(second.places['second']).toBe('s.c.j');
  });
});

describe('insistNothingElse', () => {
  it('lets channels and groups be told between, and what is allowed', () => {
    const part = match(LIST.slice(0, 2), EVENTS, PLACES);
    const rest = ['conversation.created conversation', 'state.updated conversation'];
    const known = { ...PLACES, conversation: 's.c.i.v' };
    expect(() => insistNothingElse(EVENTS, [part], rest, known)).not.toThrow();
  });

  it('complains of anything else', () => {
    const part = match(LIST.slice(0, 2), EVENTS, PLACES);
    expect(() => insistNothingElse(EVENTS, [part], [], PLACES)).toThrow(/no other events/);
  });
});
