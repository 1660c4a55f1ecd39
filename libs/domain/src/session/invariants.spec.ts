import { INBOUND_CALL, sessionScenario } from '@cordboard/testing/scenario';
import { type HoldBack, type Interaction } from '../interaction/interaction.ts';
import { invariants } from './invariants.ts';
import { initialState, type SessionState } from './session-state.ts';

const running = (): SessionState => {
  const s = sessionScenario(INBOUND_CALL);
  s.start();
  s.offer();
  s.send({ type: 'AnswerConversation', target: s.conversation() });
  return s.state();
};

const holding = (call: Interaction | undefined, holdBack: HoldBack): Interaction =>
  ({ ...call, holdBack }) as Interaction;

const twice = <Item>(items: readonly Item[]): readonly Item[] => [...items, ...items];

describe('the invariants of a session', () => {
  it('hold for a call that is being answered', () => {
    expect(invariants(running())).toEqual([]);
    expect(invariants(initialState)).toEqual([]);
  });

  const good = running();
  const [call] = good.interactions;
  const withWork = (change: object) =>
    good.channels.map((one) => {
      const wrapUp = { endsAt: 1, interaction: 'gone', next: null };
      return { ...one, ...change, wrapUp } as typeof one;
    });
  const broken: readonly (readonly [string, Partial<SessionState>])[] = [
    ['two objects', { channels: twice(good.channels) }],
    ['no parent', { groups: [] }],
    [
      'is not that of its channels',
      { groups: good.groups.map((group) => ({ ...group, state: 'EMPTY' }) as typeof group) },
    ],
    [
      'nothing goes on below',
      { channels: good.channels.map((one) => ({ ...one, stage: 'OPEN' }) as typeof one) },
    ],
    [
      'talking and not started',
      { conversations: good.conversations.map((leg) => ({ ...leg, state: 'TALKING' }) as typeof leg) },
    ],
    ['goes before its legs', { interactions: [{ ...call, stage: 'DISPOSING' } as NonNullable<typeof call>] }],
    ['after-call work', { channels: withWork({ state: 'INACTIVE' }) }],
    ['about nothing', { channels: withWork({ state: 'ACTIVE' }) }],
    [
      'is not busy',
      {
        channels: good.channels.map(
          (one) => ({ ...one, pending: { status: 'ready', reasonCode: '', reasonName: '' } }) as typeof one,
        ),
      },
    ],
    ['more than two legs', { conversations: [...twice(good.conversations), ...good.conversations] }],
    [
      'waits for an answer that nobody gives',
      { interactions: [holding(call, { by: 'alternate', until: null, legs: ['x'] })] },
    ],
    ['holds back nothing', { interactions: [holding(call, { by: 'alternate', until: 1, legs: [] })] }],
    [
      'was read and not announced',
      { conversations: good.conversations.map((leg) => ({ ...leg, stage: 'READ' }) as typeof leg) },
    ],
    ['is pending twice', { requests: twice(good.requests) }],
    ['waits for nothing', { requests: [] }],
    ['objects in phase CLOSED', { phase: 'CLOSED' }],
    ['a closed session waits', { phase: 'CLOSED' }],
    ['the start waits for nothing', { phase: 'STARTING', requests: [] }],
    ['without a logout', { phase: 'LOGGING_OUT' }],
    ['bound and absent', { absence: { actsAt: 1, lapsed: false, attempted: false, bound: true } }],
    [
      'AgentReady waits for nothing',
      {
        deferred: [{ type: 'AgentReady', busy: true, target: good.channels[0]?.target ?? { session: 's' } }],
      },
    ],
    [
      'is not there',
      { deferred: [{ type: 'AgentReady', busy: true, target: { session: 's', channel: 'x' } }] },
    ],
  ];

  it.each(broken)('say when they do not: %s', (text, change) => {
    expect(invariants({ ...good, ...change }).join()).toContain(text);
  });
});
