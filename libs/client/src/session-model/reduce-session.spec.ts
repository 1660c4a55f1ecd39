import { emptySessionModel, type ModelEvent } from './model.ts';
import { reduceSession } from './reduce-session.ts';

const S = '01890a5d-ac96-774b-bcce-b302099a8057';
const fold = (events: readonly ModelEvent[]) => events.reduce(reduceSession, emptySessionModel);
const event = (target: string, name: string, data: ModelEvent['data'] = {}): ModelEvent => ({
  target,
  name,
  data,
});

const G = `${S}.G`;
const C = `${G}.C`;
const I = `${C}.I`;
const V = `${I}.V`;

const call: readonly ModelEvent[] = [
  event(S, 'channelgroup.created', { channelgroup: { id: 'G', name: 'Team' } }),
  event(G, 'state.updated', { objectType: 'channelgroup', state: 'EMPTY', previousState: null }),
  event(G, 'channel.created', {
    channel: { id: 'C', name: '1001', type: 'TELEPHONY', modelType: 'TELEPHONY' },
  }),
  event(C, 'channel.infochanged', {
    state: 'ACTIVE',
    agentStatus: { status: 'ready', lastReasonCode: '', lastReasonName: '' },
  }),
  event(C, 'state.updated', { state: 'ACTIVE', capabilities: { 'channel.request.dial': true } }),
  event(C, 'channel.initialized'),
  event(G, 'channelgroup.initialized'),
  event(S, 'session.initialized'),
  event(C, 'interaction.created', { interaction: { id: 'I', type: 'TELEPHONY', direction: 'inbound' } }),
  event(I, 'state.updated', { state: 'ALERTING', capabilities: {} }),
  event(I, 'conversation.created', { conversation: { id: 'V', role: 'primary' } }),
  event(V, 'state.updated', { state: 'RINGING', capabilities: { 'conversation.request.answer': true } }),
  event(V, 'conversation.member.added', { member: { number: '+12025550123' } }),
  event(I, 'interaction.preview', { interactionData: { ANI: '+12025550123' } }),
];

describe('reduceSession', () => {
  it('describes the objects of a ringing call', () => {
    const model = fold(call);
    expect(model.initialized).toBe(true);
    expect(Object.keys(model.objects)).toEqual([G, C, I, V]);
    expect(model.objects[C]).toMatchObject({
      kind: 'channel',
      parent: G,
      state: 'ACTIVE',
      initialized: true,
      about: { name: '1001', type: 'TELEPHONY' },
      agentStatus: { status: 'ready' },
      capabilities: { 'channel.request.dial': true },
    });
    expect(model.objects[I]).toMatchObject({ state: 'ALERTING', interactionData: { ANI: '+12025550123' } });
    expect(model.objects[V]).toMatchObject({ state: 'RINGING', members: [{ number: '+12025550123' }] });
  });

  it('replaces a member whose name becomes known and drops one that left', () => {
    const named = fold([
      ...call,
      event(V, 'conversation.member.added', { member: { number: '+12025550123', name: 'Example Caller' } }),
      event(V, 'conversation.member.added', { member: { number: '+12025550199' } }),
    ]);
    expect(named.objects[V]?.members).toEqual([
      { number: '+12025550123', name: 'Example Caller' },
      { number: '+12025550199' },
    ]);
    const left = reduceSession(
      named,
      event(V, 'conversation.member.removed', { member: { number: '+12025550123' } }),
    );
    expect(left.objects[V]?.members).toEqual([{ number: '+12025550199' }]);
  });

  it('follows focus and failures', () => {
    const model = fold([
      ...call,
      event(I, 'interaction.focuschanged', { conversation: { id: 'V' } }),
      event(V, 'conversation.failed', { reason: 'invalid number' }),
    ]);
    expect(model.objects[I]?.focus).toBe('V');
    expect(model.objects[V]?.failure).toBe('invalid number');
    expect(
      fold([...call, event(I, 'interaction.focuschanged', { conversation: null })]).objects[I]?.focus,
    ).toBeNull();
    expect(fold([...call, event(V, 'conversation.busy')]).objects[V]?.failure).toBe('busy');
  });

  it('removes a disposed object with everything below it and nothing beside it', () => {
    const model = fold([
      ...call,
      event(C, 'interaction.created', { interaction: { id: 'I2' } }),
      event(I, 'interaction.disposed'),
    ]);
    expect(Object.keys(model.objects)).toEqual([G, C, `${C}.I2`]);
  });

  it.each([
    ['an unknown name', event(V, 'conversation.sang', { song: 'x' })],
    ['an unknown object', event(`${V}x`, 'state.updated', { state: 'TALKING' })],
    ['a creation without an id', event(I, 'conversation.created', {})],
    ['a state without a state', event(V, 'state.updated', {})],
  ])('is not changed by %s', (_case, odd) => {
    expect(fold([...call, odd])).toEqual(fold(call));
  });

  it.each<[string, string]>([
    ['conversation.transfer.failed', 'busy'],
    ['conversation.conference.failed', 'no such number'],
  ])('keeps why %s', (name, reason) => {
    expect(fold([...call, event(V, name, { reason })]).objects[V]?.failure).toBe(reason);
  });

  it('shows what is pending and when after-call work ends, until an event no longer tells it', () => {
    const agentStatus = { status: 'busy_ready', lastReasonCode: '', lastReasonName: '' };
    const pending = { status: 'not_ready', reasonCode: '1', reasonName: 'Lunch' };
    const told = fold([
      ...call,
      event(C, 'channel.infochanged', { agentStatus, pending, afterCallWorkEndsAt: 1_700_000_000_000 }),
    ]);
    expect(told.objects[C]).toMatchObject({ agentStatus, pending, afterCallWorkEndsAt: 1_700_000_000_000 });
    const over = reduceSession(told, event(C, 'channel.infochanged', { agentStatus })).objects[C];
    expect(over).not.toHaveProperty('pending');
    expect(over).not.toHaveProperty('afterCallWorkEndsAt');
  });

  it('knows a channel that stands alone by its parent', () => {
    const alone = fold([event(S, 'channel.created', { channel: { id: 'D', name: '1001-desk' } })]);
    expect(alone.objects[`${S}.D`]).toMatchObject({
      kind: 'channel',
      parent: S,
      about: { name: '1001-desk' },
    });
    expect(reduceSession(alone, event(`${S}.D`, 'channel.disposed')).objects).toEqual({});
  });

  it('survives a JSON round trip', () => {
    const model = fold(call);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });
});
