import {
  inWords,
  ONE_CHANNEL,
  sessionScenario,
  shown,
  type SessionScenario,
} from '@cordboard/testing/scenario';

const COMPLETED = ['InteractionCompleted', 'InteractionStateUpdated COMPLETED', 'InteractionDisposed'];

const offered = (): SessionScenario => {
  const s = sessionScenario({
    ...ONE_CHANNEL,
    channels: { g: [{ nativeId: '1001', channelType: 'CHAT' }] },
  });
  s.start();
  s.offer('chat');
  return s;
};

describe('a chat or mail (D.16)', () => {
  it('is announced without legs', () => {
    const s = sessionScenario();
    s.start();
    expect(shown(s.offer('chat'))).toEqual([
      'InteractionCreated inbound',
      'InteractionStateUpdated ALERTING',
      'InteractionDataChanged',
      'InteractionPreviewed',
      'InteractionInitialized',
    ]);
    expect(shown(s.fact({ type: 'InteractionAlerting', target: s.interaction() }))).toEqual([]);
  });

  it('is the agent’s with the answer to accept, and may be completed from then on', () => {
    const s = offered();
    expect(s.send({ type: 'CompleteInteraction', target: s.interaction() })).toMatchObject({
      error: { code: 'INVALID_STATE' },
    });
    s.send({ type: 'AcceptInteraction', target: s.interaction() });
    expect(s.answerAll().map(inWords)).toEqual([
      '<',
      'CommandCompleted success',
      'InteractionScreenPopped',
      'InteractionStateUpdated STARTED',
    ]);
    s.send({ type: 'CompleteInteraction', target: s.interaction() });
    expect(shown(s.answerAll())).toEqual(COMPLETED);
  });

  it('ends with the answer to reject, and completes itself', () => {
    const s = offered();
    s.send({ type: 'RejectInteraction', target: s.interaction() });
    expect(shown(s.answerAll())).toEqual(['InteractionEnded', 'InteractionStateUpdated ENDED', ...COMPLETED]);
  });

  it('stays as it is when the switch refuses', () => {
    const s = offered();
    s.send({ type: 'AcceptInteraction', target: s.interaction() });
    expect(shown(s.refuse('AcceptInteraction'))).toEqual([]);
    expect(s.state().interactions).toMatchObject([{ state: 'ALERTING', popped: false }]);
  });

  it('alerts once more after it was taken back, without a second preview', () => {
    const s = offered();
    s.fact({ type: 'InteractionStarted', target: s.interaction() });
    expect(shown(s.fact({ type: 'InteractionAlerting', target: s.interaction() }))).toEqual([
      'InteractionStateUpdated ALERTING',
    ]);
    expect(shown(s.fact({ type: 'InteractionStarted', target: s.interaction() }))).toEqual([
      'InteractionStateUpdated STARTED',
    ]);
  });
});
