import { type SessionScenario, sessionScenario, shown } from '@cordboard/testing/scenario';

describe('the end of the log-in at the switch (SES-E01)', () => {
  const end = (s: SessionScenario): readonly string[] =>
    shown(s.fact({ type: 'SessionEnded', target: s.target }));

  it('takes all objects of a running session away, and changes nothing before and after', () => {
    const s = sessionScenario();
    s.prepare();
    expect(end(s)).toEqual([]);
    expect(s.state().phase).toBe('PREPARED');
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    s.answerAll();
    expect(end(s)).toEqual([
      'ChannelInfoChanged INACTIVE not_ready',
      'ChannelStateUpdated INACTIVE',
      'ChannelDisposed',
      'ChannelGroupStateUpdated EMPTY',
      'ChannelGroupDisposed',
    ]);
    expect(s.state().phase).toBe('CLOSED');
    expect(end(s)).toEqual([]);
  });

  it('is what a logout wanted', () => {
    const s = sessionScenario();
    s.start();
    s.send({ type: 'LogOut', target: s.target });
    expect(end(s)).toEqual([]);
    expect(s.history().at(-1)).toMatchObject({ type: 'SessionClosed', data: { reason: 'logged-out' } });
  });
});
