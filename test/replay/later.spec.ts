import { type JsonObject } from '@cordboard/kernel';
import { capabilitiesIn, stateIn } from './later.ts';

const THEN: JsonObject = { phase: 'STARTED', interactions: [{ path: 's.g.c.i', stage: 'LIVE' }] };
const DEFAULTS: JsonObject = { rule: null, disposition: null, holdBack: null };

const withInteraction = (fields: JsonObject): JsonObject => ({
  ...THEN,
  interactions: [{ path: 's.g.c.i', stage: 'LIVE', ...fields }],
});

describe('what a version did not know', () => {
  it.each<[string, JsonObject]>([
    ['nothing', THEN],
    ['a field of the session', { ...THEN, plannedChannels: [], legConnected: null }],
    ['fields of an object', withInteraction(DEFAULTS)],
  ])('is no difference as long as it is as if it had never been: %s', (_, now) => {
    expect(stateIn(1, now)).toEqual(THEN);
  });

  it.each<[string, JsonObject]>([
    ['another value than the default', { ...THEN, legConnected: true }],
    ['another value in an object', withInteraction({ ...DEFAULTS, disposition: 'sold' })],
    ['a field that nobody has named', { ...THEN, mood: null }],
    ['a field of another kind of object', withInteraction({ transferring: false })],
  ])('is one otherwise: %s', (_, now) => {
    expect(stateIn(1, now)).not.toEqual(THEN);
  });

  it('is compared in histories of the version that knew it', () => {
    expect(stateIn(2, withInteraction(DEFAULTS))).toEqual(withInteraction(DEFAULTS));
  });

  it('is no matter of what was allowed, while all else is compared', () => {
    const now = { 'conversation.request.mute': true, 'conversation.request.hold': true };
    expect(capabilitiesIn(1, now)).toEqual({ 'conversation.request.hold': true });
    expect(capabilitiesIn(2, now)).toEqual(now);
  });
});
