import { inWords, INBOUND_CALL, sessionScenario, shown } from '@cordboard/testing/scenario';
import { pendingCommand, pendingRequests } from './queries.ts';

describe('a session that is overridden', () => {
  it('lets everything go at once, bottom-up, shows nothing and logs nobody out', () => {
    const s = sessionScenario(INBOUND_CALL);
    s.start();
    s.offer();
    const events = s.must({ kind: 'close', reason: 'overridden' });
    expect(events.map(inWords)).toEqual([
      '~ConversationStateUpdated RELEASED',
      '> DisposeConversation',
      '~ConversationDisposed',
      '~InteractionEnded',
      '~InteractionStateUpdated ENDED',
      '> DisposeInteraction',
      '~InteractionDisposed',
      '~ChannelInfoChanged INACTIVE not_ready',
      '~ChannelStateUpdated INACTIVE',
      '> DisposeChannel',
      '> RemoveChannel',
      '~ChannelDisposed',
      '~ChannelGroupStateUpdated EMPTY',
      '> DisposeChannelGroup',
      '> RemoveChannelGroup',
      '~ChannelGroupDisposed',
      '> DisposeSession',
      'SessionClosed overridden',
    ]);
    expect(pendingRequests(s.state())).toEqual([]);
    expect(s.state().adapter).not.toBeNull();
  });

  it('is the end: nothing that comes later changes it', () => {
    const s = sessionScenario();
    s.start();
    const target = s.channel();
    s.must({ kind: 'close', reason: 'overridden' });
    const after = s.state();
    s.fact({ type: 'AgentReady', target, busy: false });
    s.must({ kind: 'claim', epoch: 9, worker: 'w' });
    s.must({ kind: 'close', reason: 'overridden' });
    s.must({ kind: 'unbind', binding: 'binding-1', reason: 'closed' });
    s.after(9_999_999);
    expect(s.state()).toEqual(after);
    expect(s.history().at(-1)).toMatchObject({ type: 'SessionClosed' });
  });

  it('answers the commands that were under way', () => {
    const s = sessionScenario();
    s.start();
    s.send({ type: 'MakeReady', target: s.channel() });
    expect(pendingCommand(s.state(), 'command-2')).toMatchObject({ digest: 'digest-command-2' });
    expect(pendingCommand(s.state(), 'command-9')).toBeNull();
    const events = s.must({ kind: 'close', reason: 'overridden' }).map(inWords);
    expect(events.slice(-2)).toEqual(['CommandCompleted SESSION_CLOSED', 'SessionClosed overridden']);
  });

  it('has nothing to let go before the start', () => {
    const s = sessionScenario();
    expect(s.must({ kind: 'close', reason: 'overridden' })).toEqual([]);
    s.prepare();
    expect(s.must({ kind: 'close', reason: 'overridden' }).map(inWords)).toEqual([
      'SessionClosed overridden',
    ]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('lets go of what is half set up after %i answers', (answers) => {
    const s = sessionScenario({
      ...INBOUND_CALL,
      channel: { 1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'i' }] } },
    });
    s.prepare();
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    for (let count = 0; count < answers; count += 1) s.reply(s.state().requests[0]?.request.type ?? 'Dial');
    const events = s.must({ kind: 'close', reason: 'overridden' });
    expect(shown(events)).toEqual([]);
    expect(events.map(inWords).slice(-1)).toEqual(['SessionClosed overridden']);
    expect(events.map(inWords)).toContain('> DisposeSession');
  });
});

describe('a session that the switch ends (C.2)', () => {
  it('disposes of everything in front of the agent', () => {
    const s = sessionScenario();
    s.start();
    const events = s.fact({ type: 'SessionEnded', target: s.target });
    expect(shown(events)).toEqual([
      'ChannelInfoChanged INACTIVE not_ready',
      'ChannelStateUpdated INACTIVE',
      'ChannelDisposed',
      'ChannelGroupStateUpdated EMPTY',
      'ChannelGroupDisposed',
    ]);
    expect(events.at(-1)).toMatchObject({ data: { reason: 'ended-by-switch' } });
  });
});
