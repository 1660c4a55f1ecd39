import { inWords, INBOUND_CALL, sessionScenario, shown } from '@cordboard/testing/scenario';
import { personalPaths } from '../personal.ts';
import { sessionDecider } from './decide.ts';
import { recoveryEvents } from './recovery.ts';

const erase = (data: unknown, [first = '', ...rest]: readonly string[]): void => {
  if (typeof data !== 'object' || data === null) return;
  const fields = data as Record<string, unknown>;
  if (rest.length > 0) erase(fields[first], rest);
  else Reflect.deleteProperty(fields, first);
};

describe('what an empty desktop is told', () => {
  it('is what a session start would tell, with the present state (B7)', () => {
    const s = sessionScenario(INBOUND_CALL);
    s.start();
    s.offer();
    const ringing = [
      'ChannelGroupCreated',
      'ChannelGroupStateUpdated ACTIVE',
      'ChannelCreated',
      'ChannelInfoChanged ACTIVE ready',
      'ChannelStateUpdated ACTIVE',
      'InteractionCreated inbound',
      'InteractionStateUpdated ALERTING',
      'ConversationCreated primary',
      'ConversationStateUpdated RINGING',
      'ConversationMemberAdded 5550100',
      'ConversationInitialized',
      'InteractionDataChanged',
      'InteractionPreviewed',
      'InteractionInitialized',
      'ChannelInitialized',
      'ChannelGroupInitialized',
      'SessionInitialized',
    ];
    expect(shown(recoveryEvents(s.state()))).toEqual(ringing);
    s.fact({ type: 'ConversationHeld', target: s.conversation() });
    const held = recoveryEvents(s.state()).map(inWords);
    expect(held).toContain('InteractionStateUpdated STARTED');
    expect(held).toContain('ConversationStateUpdated HELD');
    expect(held).not.toContain('InteractionPreviewed');
  });

  it('is as much as there is while the session is being set up', () => {
    const s = sessionScenario();
    expect(recoveryEvents(s.state())).toEqual([]);
    s.prepare();
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    while (!s.asked().includes('RegisterChannel')) s.reply(s.state().requests[0]?.request.type ?? 'Dial');
    expect(recoveryEvents(s.state()).map(inWords)).toEqual([
      'ChannelGroupCreated',
      'ChannelGroupStateUpdated INACTIVE',
    ]);
  });

  it('names the leg in focus when that is not the first', () => {
    const s = sessionScenario({
      ...INBOUND_CALL,
      channel: { 1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'i' }] } },
      interaction: { i: { state: 'STARTED', data: {}, primary: 'v1', consult: 'v2' } },
      conversation: { v1: { state: 'HELD', members: [] }, v2: { state: 'TALKING', members: [] } },
    });
    s.start();
    expect(recoveryEvents(s.state()).map(inWords)).toContain('InteractionFocusChanged');
  });
});

describe('history without the people in it', () => {
  it('still folds to the same objects in the same states', () => {
    const s = sessionScenario(INBOUND_CALL);
    s.start();
    s.offer();
    s.fact({ type: 'ConversationTalking', target: s.conversation() });
    const erased = s.history().map((event) => {
      const copy = JSON.parse(JSON.stringify(event)) as typeof event;
      personalPaths(event.type).forEach((path) => erase(copy.data, path.split('.')));
      return copy;
    });
    expect(JSON.stringify(erased)).not.toContain('5550100');
    const state = erased.reduce(sessionDecider.evolve, sessionDecider.initialState);
    expect(state.conversations).toMatchObject([{ state: 'TALKING', stage: 'LIVE' }]);
    expect(state.interactions).toMatchObject([{ state: 'STARTED', stage: 'LIVE' }]);
  });
});
