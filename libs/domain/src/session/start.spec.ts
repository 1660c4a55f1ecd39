import { inWords, INBOUND_CALL, ONE_CHANNEL, sessionScenario, shown } from '@cordboard/testing/scenario';

const start = (s: ReturnType<typeof sessionScenario>) => {
  s.prepare();
  s.bind();
  return s.send({ type: 'StartSession', target: s.target, extension: '1001' });
};

describe('the start of a session', () => {
  it('logs in, reads and announces in the order of the bridge (D.4)', () => {
    const s = sessionScenario();
    expect(s.start().map(inWords)).toEqual([
      'SessionPrepared',
      'ClientBound',
      'CommandAccepted',
      'AdapterAssigned',
      '> CreateSession',
      '<',
      '> ReadSession',
      '<',
      'SessionStarted',
      'CommandCompleted success',
      '> RegisterChannelGroup',
      '<',
      '> ReadChannelGroup',
      '<',
      'ChannelGroupCreated',
      'ChannelGroupStateUpdated INACTIVE',
      '> RegisterChannel',
      '<',
      '> ReadChannel',
      '<',
      'ChannelCreated',
      'ChannelInfoChanged ACTIVE ready',
      'ChannelStateUpdated ACTIVE',
      'ChannelInitialized',
      'ChannelGroupStateUpdated ACTIVE',
      'ChannelGroupInitialized',
      'SessionInitialized',
    ]);
    expect(s.state().phase).toBe('STARTED');
  });

  it('leaves the status of an inactive channel out', () => {
    const s = sessionScenario({ ...ONE_CHANNEL, channel: {} });
    expect(shown(s.start())).toEqual([
      'ChannelGroupCreated',
      'ChannelGroupStateUpdated INACTIVE',
      'ChannelCreated',
      'ChannelStateUpdated INACTIVE',
      'ChannelInitialized',
      'ChannelGroupInitialized',
      'SessionInitialized',
    ]);
  });

  it('restores calls with the focus on the leg that talks (D.15, T-24)', () => {
    const s = sessionScenario({
      ...ONE_CHANNEL,
      channel: { 1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'i' }] } },
      interaction: { i: { state: 'STARTED', data: { ANI: '5550100' }, primary: 'v1', consult: 'v2' } },
      conversation: {
        v1: { state: 'HELD', members: [{ number: '5550100', name: 'Customer' }] },
        v2: { state: 'TALKING', members: [{ number: '2001', name: 'Expert' }] },
      },
    });
    expect(shown(s.start())).toEqual([
      'ChannelGroupCreated',
      'ChannelGroupStateUpdated INACTIVE',
      'ChannelCreated',
      'ChannelInfoChanged ACTIVE not_ready',
      'ChannelStateUpdated ACTIVE',
      'InteractionCreated',
      'InteractionStateUpdated STARTED',
      'ConversationCreated primary',
      'ConversationStateUpdated HELD',
      'ConversationMemberAdded 5550100',
      'ConversationInitialized',
      'ConversationCreated consult',
      'ConversationStateUpdated TALKING',
      'ConversationMemberAdded 2001',
      'ConversationInitialized',
      'InteractionFocusChanged',
      // The second leg is connected, which lets the agent do more with the call.
      'InteractionStateUpdated STARTED',
      'InteractionDataChanged',
      'InteractionInitialized',
      'ChannelInitialized',
      'ChannelGroupStateUpdated ACTIVE',
      'ChannelGroupInitialized',
      'SessionInitialized',
    ]);
    expect(s.state().interactions[0]).toMatchObject({ focus: s.conversation(1).conversation });
  });

  it('leaves the focus on the first leg when the second is the held one', () => {
    const s = sessionScenario({
      ...ONE_CHANNEL,
      channel: { 1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'i' }] } },
      interaction: { i: { state: 'STARTED', data: {}, primary: 'v1', consult: 'v2' } },
      conversation: { v1: { state: 'TALKING', members: [] }, v2: { state: 'HELD', members: [] } },
    });
    expect(shown(s.start())).not.toContain('InteractionFocusChanged');
    expect(s.state().interactions[0]).toMatchObject({ focus: s.conversation(0).conversation });
  });

  it.each([
    ['ALERTING', ['InteractionDataChanged', 'InteractionPreviewed', 'InteractionInitialized']],
    ['DIALING', ['InteractionDataChanged', 'InteractionInitialized']],
    ['STARTED', ['InteractionDataChanged', 'InteractionInitialized']],
    ['ENDED', ['InteractionDataChanged', 'InteractionInitialized']],
  ] as const)('previews a call found %s as the recovery row of B7 says', (state, end) => {
    const s = sessionScenario({
      ...INBOUND_CALL,
      channel: { 1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'i' }] } },
      interaction: { i: { state, data: {}, primary: state === 'ENDED' ? null : 'v', consult: null } },
      conversation: { v: { state: 'RINGING', members: [] } },
    });
    const told = shown(s.start());
    const last = told.indexOf('InteractionInitialized');
    expect(told.slice(told.indexOf('InteractionDataChanged'), last + 1)).toEqual(end);
    expect(told).not.toContain('InteractionScreenPopped');
  });

  it('lets a call found COMPLETED go without a word, and keeps an ENDED one for the agent', () => {
    const s = sessionScenario({
      ...ONE_CHANNEL,
      channel: {
        1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'done' }, { nativeId: 'over' }] },
      },
      interaction: {
        done: { state: 'COMPLETED', data: {}, primary: null, consult: null },
        over: { state: 'ENDED', data: {}, primary: 'ghost', consult: null },
      },
    });
    const events = s.start().map(inWords);
    expect(events.filter((word) => word === 'InteractionCreated')).toHaveLength(1);
    expect(events).toContain('> DisposeInteraction');
    expect(s.state().interactions).toMatchObject([{ nativeId: 'over', state: 'ENDED', planned: [] }]);
    expect(s.send({ type: 'CompleteInteraction', target: s.interaction() }).ok).toBe(true);
  });

  it('leaves a running call whose legs cannot be read to the agent, who hears that it can be completed', () => {
    const s = sessionScenario({
      ...ONE_CHANNEL,
      channel: { 1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'i' }] } },
      interaction: { i: { state: 'STARTED', data: {}, primary: 'v', consult: null } },
    });
    s.prepare();
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    while (!s.asked().includes('RegisterConversation'))
      s.reply(s.state().requests[0]?.request.type ?? 'Dial');
    expect(s.refuse('RegisterConversation').map(inWords).slice(1, 4)).toEqual([
      'InteractionDataChanged',
      'InteractionInitialized',
      'InteractionStateUpdated STARTED',
    ]);
    expect(s.send({ type: 'CompleteInteraction', target: s.interaction() }).ok).toBe(true);
  });

  it('sets the children of one parent up one after another', () => {
    const s = sessionScenario({
      groups: [{ nativeId: 'g', name: 'Sales' }],
      channels: {
        g: [
          { nativeId: '1001', channelType: 'TELEPHONY' },
          { nativeId: 'chat', channelType: 'CHAT' },
        ],
      },
    });
    start(s);
    for (const type of [
      'CreateSession',
      'ReadSession',
      'RegisterChannelGroup',
      'ReadChannelGroup',
    ] as const) {
      s.reply(type);
    }
    expect(s.asked()).toEqual(['RegisterChannel']);
    s.reply('RegisterChannel');
    expect(s.asked()).toEqual(['ReadChannel']);
    s.reply('ReadChannel');
    expect(s.asked()).toEqual(['RegisterChannel']);
    s.answerAll();
    expect(s.state().channels).toMatchObject([
      { nativeId: '1001', stage: 'LIVE' },
      { nativeId: 'chat', stage: 'LIVE' },
    ]);
    expect(s.state().groups).toMatchObject([{ name: 'Sales', state: 'INACTIVE' }]);
  });

  it('plans a native id once, however often a reading names it', () => {
    const twice = { nativeId: '1001', channelType: 'TELEPHONY' };
    const s = sessionScenario({
      groups: [{ nativeId: 'g' }, { nativeId: 'g' }],
      channels: { g: [twice, twice] },
      channel: {
        1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'i' }, { nativeId: 'i' }] },
      },
      interaction: { i: { state: 'STARTED', data: {}, primary: 'v', consult: 'v' } },
    });
    s.start();
    const { groups, channels, interactions, conversations } = s.state();
    expect([groups, channels, interactions, conversations].map((list) => list.length)).toEqual([1, 1, 1, 1]);
  });
});

describe('a start that fails', () => {
  it('is answered with the message of the switch and may be tried again', () => {
    const s = sessionScenario();
    start(s);
    const failed = s.refuse('CreateSession', 'Extension in use.');
    expect(failed.at(-1)).toMatchObject({
      type: 'CommandCompleted',
      data: { outcome: { result: 'failure', code: 'CTI_ERROR', message: 'Extension in use.' } },
    });
    expect(s.state().phase).toBe('PREPARED');
    expect(s.asked()).toEqual([]);
    expect(s.send({ type: 'StartSession', target: s.target }).ok).toBe(true);
    s.answerAll();
    expect(s.state().phase).toBe('STARTED');
  });

  it('takes what was said about the log-in that failed with it', () => {
    const s = sessionScenario();
    start(s);
    s.fact({ type: 'SessionEnded', target: s.target });
    s.refuse('CreateSession');
    expect(s.state().deferred).toEqual([]);
    s.send({ type: 'StartSession', target: s.target });
    s.answerAll();
    expect(s.state().phase).toBe('STARTED');
  });

  it('forgets what the switch holds when the reading fails, before a new attempt', () => {
    const s = sessionScenario();
    start(s);
    s.reply('CreateSession');
    expect(s.refuse('ReadSession').map(inWords)).toEqual([
      '< refused',
      'CommandCompleted CTI_ERROR',
      '> DisposeSession',
    ]);
    const again = s.send({ type: 'StartSession', target: s.target });
    expect(again.ok && again.value.map(inWords)).toEqual(['CommandAccepted', 'AdapterAssigned']);
    expect(s.reply('DisposeSession').map(inWords)).toEqual(['<', '> CreateSession']);
  });

  it('gives the log-in two minutes and then lets it go', () => {
    const s = sessionScenario();
    start(s);
    expect(s.after(119_999)).toEqual([]);
    expect(s.after(1).map(inWords)).toEqual(['< timeout', 'CommandCompleted CTI_ERROR', '> DisposeSession']);
    expect(s.after(0)).toEqual([]);
  });

  it('is refused when no adapter takes sessions', () => {
    const s = sessionScenario();
    s.prepare();
    s.bind();
    expect(s.send({ type: 'StartSession', target: s.target }, null)).toMatchObject({
      ok: false,
      error: { code: 'CTI_ERROR' },
    });
    expect(s.state().phase).toBe('PREPARED');
  });

  it('takes an answer that does not fit for a failure', () => {
    const s = sessionScenario();
    start(s);
    s.reply('CreateSession');
    const taken = s.reply('ReadSession', { ok: true, reading: { of: 'none' } });
    expect(taken[0]).toMatchObject({ data: { answer: { ok: false, cause: 'malformed' } } });
    expect(s.state().phase).toBe('PREPARED');
  });
});

describe('an object that cannot be read (A8-7)', () => {
  it('is let go unseen, and its parent carries on', () => {
    const s = sessionScenario();
    start(s);
    for (const type of [
      'CreateSession',
      'ReadSession',
      'RegisterChannelGroup',
      'ReadChannelGroup',
    ] as const) {
      s.reply(type);
    }
    s.reply('RegisterChannel');
    expect(s.refuse('ReadChannel').map(inWords)).toEqual([
      '< refused',
      '> DisposeChannel',
      'ChannelGroupStateUpdated EMPTY',
      'ChannelGroupInitialized',
      'SessionInitialized',
    ]);
    s.answerAll();
    expect(s.state().channels).toEqual([]);
  });

  it('is not disposed when the switch refused to register it, but is when that is in doubt', () => {
    const s = sessionScenario({ ...ONE_CHANNEL, groups: [{ nativeId: 'g' }, { nativeId: 'h' }] });
    start(s);
    s.reply('CreateSession');
    s.reply('ReadSession');
    expect(s.refuse('RegisterChannelGroup').map(inWords)).toEqual(['< refused', '> RegisterChannelGroup']);
    expect(s.after(30_000).map(inWords)).toEqual([
      '< timeout',
      '> DisposeChannelGroup',
      'SessionInitialized',
    ]);
  });

  it('takes a leg that cannot be read out of its call', () => {
    const s = sessionScenario(INBOUND_CALL);
    s.start();
    s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'i' });
    s.reply('RegisterInteraction');
    s.reply('ReadInteraction');
    s.reply('RegisterConversation');
    expect(shown(s.refuse('ReadConversation'))).toEqual([
      'InteractionDataChanged',
      'InteractionPreviewed',
      'InteractionInitialized',
    ]);
    s.answerAll();
    expect(s.send({ type: 'RejectInteraction', target: s.interaction() }).ok).toBe(true);
    expect(shown(s.answerAll())).toEqual([
      'InteractionEnded',
      'InteractionStateUpdated ENDED',
      'InteractionCompleted',
      'InteractionStateUpdated COMPLETED',
      'InteractionDisposed',
    ]);
  });
});
