import { ONE_CHANNEL, type SessionScenario, sessionScenario } from '@cordboard/testing/scenario';
import { type AgentStatus } from '../values.ts';
import { isPassive } from './passive.ts';

const started = (status: AgentStatus = 'not_ready'): SessionScenario => {
  const channel = ONE_CHANNEL.channel?.['1001'];
  const agent = { status, lastReasonCode: '', lastReasonName: '' };
  const s = sessionScenario({
    ...ONE_CHANNEL,
    channel: { '1001': { interactions: [], state: 'ACTIVE', ...channel, agent } },
  });
  s.start();
  return s;
};

const leave = (s: SessionScenario): void =>
  void s.must({ kind: 'unbind', binding: 'binding-1', reason: 'closed' });

describe('a session is put away', () => {
  it('when nobody is there, works or waits for work', () => {
    const s = started();
    expect(isPassive(s.state())).toBe(false);
    leave(s);
    expect(isPassive(s.state())).toBe(true);
    s.bind('binding-2');
    expect(isPassive(s.state())).toBe(false);
  });

  it.each<AgentStatus>(['ready', 'after_call_work', 'busy', 'busy_ready', 'busy_not_ready'])(
    'never while the agent is %s',
    (status) => {
      const s = started(status);
      leave(s);
      expect(isPassive(s.state())).toBe(false);
    },
  );

  it.each<[string, (s: SessionScenario) => unknown]>([
    ['a call is there', (s) => s.offer()],
    ['its adapter is lost', (s) => s.lose()],
    ['the switch is asked something', (s) => s.send({ type: 'MakeReady', target: s.channel() })],
    ['it ended', (s) => s.must({ kind: 'close', reason: 'overridden' })],
  ])('never when %s', (_, happen) => {
    const s = started();
    happen(s);
    leave(s);
    expect(isPassive(s.state())).toBe(false);
  });

  it('never while a time has to be met', () => {
    const s = sessionScenario();
    s.prepare();
    expect(isPassive(s.state())).toBe(false);
    const waiting = started();
    leave(waiting);
    expect(
      isPassive({ ...waiting.state(), absence: { actsAt: 1, lapsed: false, attempted: false, bound: true } }),
    ).toBe(false);
  });
});
