import {
  inWords,
  INBOUND_CALL,
  type SessionScenario,
  sessionScenario,
  type SwitchWorld,
} from '@cordboard/testing/scenario';
import { type SessionPolicy } from '../session-event.ts';
import { nextDeadlineAt } from './queries.ts';

const policy = (whenLapsed: SessionPolicy['whenLapsed']): SessionPolicy => ({
  resumeMs: 60_000,
  whenLapsed,
  unboundMs: 300_000,
});

const absent = (
  whenLapsed: SessionPolicy['whenLapsed'],
  world?: SwitchWorld,
  first?: (s: SessionScenario) => void,
) => {
  const s = sessionScenario(world);
  s.start(policy(whenLapsed));
  first?.(s);
  s.must({ kind: 'unbind', binding: 'binding-1', reason: 'closed' });
  return s;
};

describe('a session that nobody binds', () => {
  it('ends after its time', () => {
    const s = sessionScenario();
    s.prepare(policy('keep'));
    expect(nextDeadlineAt(s.state())).toBe(s.now() + 300_000);
    expect(s.after(299_999)).toEqual([]);
    expect(s.after(1).map(inWords)).toEqual(['SessionClosed never-bound']);
    expect(nextDeadlineAt(s.state())).toBeNull();
  });

  it('stays once somebody bound it', () => {
    const s = sessionScenario();
    s.prepare(policy('keep'));
    s.bind();
    expect(nextDeadlineAt(s.state())).toBeNull();
    expect(s.after(999_999)).toEqual([]);
  });

  it('ends as well when it is left before it was started', () => {
    const s = sessionScenario();
    s.prepare(policy('not-ready'));
    s.bind();
    s.must({ kind: 'unbind', binding: 'binding-1', reason: 'closed' });
    expect(s.after(60_000).map(inWords)).toEqual(['SessionClosed abandoned']);
  });
});

describe('a session whose desktop stays away', () => {
  it('waits for ever under "keep"', () => {
    const s = absent('keep');
    expect(nextDeadlineAt(s.state())).toBeNull();
    expect(s.after(9_999_999)).toEqual([]);
  });

  it('takes ready channels not ready, once, under "not-ready"', () => {
    const s = absent('not-ready');
    expect(s.after(59_999)).toEqual([]);
    expect(s.after(1).map(inWords)).toEqual(['SessionLapsed', '> MakeNotReady']);
    expect(s.after(0)).toEqual([]);
    s.answerAll();
    expect(s.after(999_999)).toEqual([]);
    expect(s.state().phase).toBe('STARTED');
  });

  it('is as it was when the desktop comes back in time', () => {
    const s = absent('not-ready');
    s.after(30_000);
    s.bind('binding-2');
    expect(s.after(60_000)).toEqual([]);
    expect(s.state().absence).toBeNull();
  });

  it('logs out under "log-out"', () => {
    const s = absent('log-out');
    expect(s.after(60_000).map(inWords)).toEqual(['SessionLapsed', 'LogOutBegan', '> MakeNotReady']);
    expect(s.answerAll().at(-1)).toMatchObject({ type: 'SessionClosed', data: { reason: 'abandoned' } });
  });

  it('falls back to not-ready while a call goes on, and logs out when that is over', () => {
    const s = absent('log-out', INBOUND_CALL, (one) => one.offer());
    expect(s.after(60_000).map(inWords)).toEqual(['SessionLapsed', '> MakeNotReady']);
    s.answerAll();
    s.fact({ type: 'ConversationEnded', target: s.conversation() });
    const over = s.answerAll().map(inWords);
    expect(over).toContain('InteractionCompleted');
    expect(over.slice(over.indexOf('InteractionCompleted'))).toContain('LogOutBegan');
    expect(over.at(-1)).toBe('SessionClosed abandoned');
    expect(s.state().phase).toBe('CLOSED');
  });

  it('tries a logout that failed again after its time', () => {
    const s = absent('log-out');
    s.after(60_000);
    expect(s.refuse('MakeNotReady').map(inWords)).toEqual(['< refused', 'LogOutFailed']);
    expect(s.after(59_999)).toEqual([]);
    expect(s.after(1).map(inWords)).toEqual(['SessionLapsed', 'LogOutBegan', '> MakeNotReady']);
  });

  it('lets a desktop that comes back during the logout see its end', () => {
    const s = absent('log-out');
    s.after(60_000);
    s.bind('binding-2');
    expect(s.send({ type: 'MakeReady', target: s.channel() })).toMatchObject({
      error: { code: 'INVALID_STATE' },
    });
    s.refuse('MakeNotReady');
    expect(s.state()).toMatchObject({ phase: 'STARTED', absence: null });
    expect(nextDeadlineAt(s.state())).toBeNull();
  });
});

describe('requests that the switch leaves unanswered', () => {
  it('fail after half a minute, each at its time', () => {
    const s = sessionScenario();
    s.start();
    s.send({ type: 'MakeReady', target: s.channel() });
    s.after(10_000);
    s.send({ type: 'Dial', target: s.channel(), destination: '5550199' });
    expect(nextDeadlineAt(s.state())).toBe(s.now() + 20_000);
    expect(s.after(20_000).map(inWords)).toEqual(['< timeout', 'CommandCompleted CTI_ERROR']);
    expect(nextDeadlineAt(s.state())).toBe(s.now() + 10_000);
    expect(s.after(10_000).map(inWords)).toEqual(['< timeout', 'CommandCompleted CTI_ERROR']);
    expect(s.after(1)).toEqual([]);
  });

  it('are not answered twice, nor late, nor by accident', () => {
    const s = sessionScenario();
    s.start();
    s.send({ type: 'MakeReady', target: s.channel() });
    const [pending] = s.state().requests;
    const answer = { ok: true, reading: { of: 'none' } } as const;
    s.after(30_000);
    const late = s.must({ kind: 'answer', requestId: pending?.requestId ?? '', answer });
    expect(late).toEqual([]);
    expect(s.must({ kind: 'answer', requestId: 'nobody', answer })).toEqual([]);
  });
});
