import { inWords, sessionScenario } from '@cordboard/testing/scenario';

const words = (taken: ReturnType<ReturnType<typeof sessionScenario>['bind']>): readonly string[] =>
  taken.ok ? taken.value.map(inWords) : [taken.error.code];

describe('the one desktop of a session', () => {
  it('binds, replaces its own binding, and is taken over only if the other says so', () => {
    const s = sessionScenario();
    expect(words(s.bind())).toEqual(['UNKNOWN_TARGET']);
    s.prepare();
    expect(words(s.bind('b1', 'tab-1'))).toEqual(['ClientBound']);
    expect(words(s.bind('b1', 'tab-1'))).toEqual([]);
    expect(words(s.bind('b2', 'tab-1'))).toEqual(['ClientUnbound taken-over', 'ClientBound']);
    expect(words(s.bind('b3', 'tab-2'))).toEqual(['SESSION_BOUND']);
    expect(words(s.bind('b3', 'tab-2', true))).toEqual(['ClientUnbound taken-over', 'ClientBound']);
    expect(s.state().client).toEqual({ client: 'tab-2', binding: 'b3' });
  });

  it('is let go by its present binding alone', () => {
    const s = sessionScenario();
    s.prepare();
    s.bind('b1');
    s.bind('b2');
    expect(s.must({ kind: 'unbind', binding: 'b1', reason: 'closed' })).toEqual([]);
    expect(s.must({ kind: 'unbind', binding: 'b2', reason: 'lapsed' }).map(inWords)).toEqual([
      'ClientUnbound lapsed',
    ]);
    expect(s.must({ kind: 'unbind', binding: 'b2', reason: 'closed' })).toEqual([]);
    expect(words(s.bind('b3', 'tab-9'))).toEqual(['ClientBound']);
  });

  it('alone may command', () => {
    const s = sessionScenario();
    s.start();
    s.useBinding('old');
    expect(s.send({ type: 'LogOut', target: s.target })).toMatchObject({
      error: { code: 'SESSION_TAKEN_OVER' },
    });
    s.must({ kind: 'unbind', binding: 'binding-1', reason: 'closed' });
    s.useBinding('binding-1');
    expect(s.send({ type: 'LogOut', target: s.target })).toMatchObject({
      error: { code: 'SESSION_TAKEN_OVER', message: expect.stringContaining('Bind') as string },
    });
  });

  it('is prepared once', () => {
    const s = sessionScenario();
    s.prepare();
    expect(() => s.prepare()).toThrow('INVALID_STATE');
  });

  it('keeps the name of its owner', () => {
    const s = sessionScenario();
    s.prepare();
    expect(s.must({ kind: 'claim', epoch: 2, worker: 'w2' }).map(inWords)).toEqual(['OwnershipClaimed']);
    expect(s.state().owner).toEqual({ epoch: 2, worker: 'w2' });
  });
});
