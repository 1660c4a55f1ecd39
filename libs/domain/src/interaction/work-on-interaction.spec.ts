import {
  inWords,
  INBOUND_CALL,
  ONE_CHANNEL,
  runningCall,
  type SessionScenario,
  sessionScenario,
  shown,
  type SwitchWorld,
} from '@cordboard/testing/scenario';
import { EMPTY_HOUSE, type House } from '../house.ts';
import { type InteractionData, type InteractionState } from '../values.ts';

const HOUSE: House = {
  ...EMPTY_HOUSE,
  queues: {
    sales: { wrapUpMs: 10_000, dispositionRequired: true },
    news: { wrapUpMs: 0, dispositionRequired: false },
  },
};

const CHAT: SwitchWorld = { ...ONE_CHANNEL, channels: { g: [{ nativeId: '1001', channelType: 'CHAT' }] } };

const chat = (state: InteractionState, data: InteractionData): SessionScenario => {
  const s = sessionScenario({ ...CHAT, interaction: { i: { state, data, primary: null, consult: null } } });
  s.house(HOUSE);
  s.start();
  s.offer();
  return s;
};

const dispose = (s: SessionScenario, disposition = 'sold') =>
  s.send({ type: 'SetDisposition', target: s.interaction(), disposition });

const completes = (s: SessionScenario) => s.send({ type: 'CompleteInteraction', target: s.interaction() });

describe('what becomes of an interaction', () => {
  it('is kept, and nobody is told', () => {
    const s = runningCall();
    dispose(s);
    expect(s.answerAll().map(inWords)).toEqual([
      '<',
      'CommandCompleted success',
      'InteractionDispositionSet',
    ]);
    expect(s.state().interactions).toMatchObject([{ disposition: 'sold' }]);
  });

  it('is kept although the switch has no dispositions (INT-R05), but not when it is silent', () => {
    const s = runningCall();
    dispose(s);
    expect(s.refuse('SetDisposition', 'no dispositions').map(inWords)).toEqual([
      '< refused',
      'CommandCompleted success',
      'InteractionDispositionSet',
    ]);
    dispose(s, 'lost');
    expect(s.after(30_000).map(inWords)).toEqual(['< timeout', 'CommandCompleted CTI_ERROR']);
    expect(s.state().interactions).toMatchObject([{ disposition: 'sold' }]);
  });
});

describe('the queue of an interaction', () => {
  it('decides what is asked of the agent, before anything is shown', () => {
    const s = chat('STARTED', { QUEUE: 'sales' });
    expect(s.history().map(inWords).join()).toContain(
      'InteractionCreated,InteractionRuled,InteractionStateUpdated STARTED',
    );
    expect(s.state().interactions).toMatchObject([{ rule: HOUSE.queues.sales }]);
  });

  it.each([
    ['none', {}],
    ['one without a rule', { QUEUE: 'other' }],
    ['one that is no text', { QUEUE: { name: 'sales' } }],
    ['a word that objects know', { QUEUE: 'constructor' }],
  ])('asks for nothing: %s', (_, data) => {
    expect(chat('STARTED', data).state().interactions).toMatchObject([{ rule: null }]);
  });

  it('may want to know first what became of it, and then it can be completed', () => {
    const s = chat('STARTED', { QUEUE: 'sales' });
    expect(completes(s)).toMatchObject({ error: { code: 'INVALID_STATE' } });
    dispose(s);
    expect(shown(s.answerAll())).toEqual(['InteractionStateUpdated STARTED']);
    dispose(s, 'lost');
    expect(shown(s.answerAll())).toEqual([]);
    expect(completes(s).ok).toBe(true);
  });

  it('tells nothing of a disposition while the call goes on', () => {
    const s = runningCall();
    s.house(HOUSE);
    s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes: { QUEUE: 'sales' } });
    dispose(s);
    expect(shown(s.answerAll())).toEqual([]);
    s.fact({ type: 'ConversationEnded', target: s.conversation() });
    s.reply('DisposeConversation');
    expect(completes(s).ok).toBe(true);
  });

  it('may be named later, the first one counts, and the agent is told what is not possible any more', () => {
    const s = chat('STARTED', {});
    const names = (QUEUE: string): readonly string[] =>
      shown(s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes: { QUEUE } }));
    expect(names('other')).toEqual(['InteractionDataChanged']);
    expect(names('sales')).toEqual(['InteractionDataChanged', 'InteractionStateUpdated STARTED']);
    expect(names('news')).toEqual(['InteractionDataChanged']);
    expect(s.state().interactions).toMatchObject([{ rule: HOUSE.queues.sales }]);
  });

  it('does not hold up a call that nobody took', () => {
    const s = sessionScenario({
      ...INBOUND_CALL,
      interaction: { i: { state: 'ALERTING', data: { QUEUE: 'sales' }, primary: 'v', consult: null } },
    });
    s.house(HOUSE);
    s.start();
    s.offer();
    s.fact({ type: 'ConversationEnded', target: s.conversation() });
    expect(shown(s.answerAll()).at(-1)).toBe('InteractionDisposed');
  });
});

describe('attached data', () => {
  it('is changed by what the switch reports, not by what was asked', () => {
    const s = runningCall();
    s.send({ type: 'SetInteractionData', target: s.interaction(), key: 'vip', value: { level: '1' } });
    expect(s.state().requests).toMatchObject([
      { request: { type: 'SetInteractionData', key: 'vip', value: { level: '1' } } },
    ]);
    expect(shown(s.answerAll())).toEqual([]);
    const changes = { vip: { level: '1' } };
    const changed = s.fact({ type: 'InteractionDataChanged', target: s.interaction(), changes });
    expect(changed).toMatchObject([{ data: { interactionData: changes, changed: ['vip'] } }]);
  });

  it('is refused in the words of the switch', () => {
    const s = runningCall();
    s.send({ type: 'SetInteractionData', target: s.interaction(), key: 'vip', value: 'yes' });
    expect(s.refuse('SetInteractionData').map(inWords)).toEqual(['< refused', 'CommandCompleted CTI_ERROR']);
  });
});

describe('a signal to a script', () => {
  it('is passed on as it is', () => {
    const s = runningCall('TALKING', null, { instance: 'sim-1', capabilities: { 'signal-supported': true } });
    const parameters = { p1: 'next', p20: 'last' };
    s.send({ type: 'SendSignal', target: s.interaction(), parameters });
    expect(s.state().requests).toMatchObject([{ request: { type: 'SendSignal', parameters } }]);
    expect(s.answerAll().map(inWords)).toEqual(['<', 'CommandCompleted success']);
  });
});

describe('several chats on one channel', () => {
  it('are worked on side by side', () => {
    const s = chat('ALERTING', {});
    s.offer('i2');
    const [one, two] = s.state().interactions.map(({ target }) => target);
    s.send({ type: 'AcceptInteraction', target: one ?? s.target });
    s.send({ type: 'RejectInteraction', target: two ?? s.target });
    const events = s.answerAll();
    const told = (id: string | undefined) => shown(events.filter(({ target }) => target.interaction === id));
    expect(told(one?.interaction)).toEqual(['InteractionScreenPopped', 'InteractionStateUpdated STARTED']);
    expect(told(two?.interaction)).toEqual([
      'InteractionEnded',
      'InteractionStateUpdated ENDED',
      'InteractionCompleted',
      'InteractionStateUpdated COMPLETED',
      'InteractionDisposed',
    ]);
    expect(s.state().interactions).toMatchObject([{ state: 'STARTED' }]);
  });
});
