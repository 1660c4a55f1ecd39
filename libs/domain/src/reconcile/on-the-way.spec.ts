import {
  INBOUND_CALL,
  inWords,
  MANY_CHANNELS,
  ONE_CHANNEL,
  runningCall,
  sessionScenario,
  shown,
} from '@cordboard/testing/scenario';
import { type SessionEvent } from '../session-event.ts';

const words = (events: readonly SessionEvent[]): readonly string[] => events.map(inWords);
const READY = { status: 'ready', lastReasonCode: '', lastReasonName: '' } as const;

describe('a survey of a session that is under way', () => {
  it('brings groups and stand-alone channels in while the session is set up, and never later', () => {
    const s = sessionScenario({ ...MANY_CHANNELS, channels: { g: [], h: [] } });
    s.prepare();
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    s.reply('CreateSession');
    s.reply('ReadSession');
    s.world({ groups: [{ nativeId: 'g' }, { nativeId: 'h' }] });
    expect(words(s.reconcile()).slice(-3)).toEqual([
      'Reconciled +g +h +desk',
      'ReconcileEnded done',
      '> RegisterChannelGroup',
    ]);
    s.answerAll();
    expect(s.state()).toMatchObject({ phase: 'STARTED', groups: [{ nativeId: 'g' }, { nativeId: 'h' }] });
    s.world({ groups: [{ nativeId: 'g' }, { nativeId: 'h' }, { nativeId: 'k' }] });
    expect(words(s.reconcile()).at(-1)).toBe('ReconcileEnded done');
  });

  it('compares nothing but the log-in of an agent who is leaving', () => {
    const s = sessionScenario({
      ...ONE_CHANNEL,
      interaction: { i: { state: 'ENDED', data: {}, primary: null, consult: null } },
    });
    s.start();
    s.offer();
    s.send({ type: 'LogOut', target: s.target });
    s.world({ channel: { 1001: { state: 'INACTIVE', agent: null, interactions: [{ nativeId: 'j' }] } } });
    const events = s.reconcile();
    expect(words(events).filter((one) => one.startsWith('Reconciled'))).toEqual([
      'Reconciled state:ACTIVE>INACTIVE status:ready>not_ready',
    ]);
    expect(shown(events)).toEqual([]);
    expect(words(events).at(-1)).toBe('> DisposeInteraction');
    expect(words(s.answerAll()).at(-1)).toBe('SessionClosed logged-out');
  });

  it('tells an agent who has to stay what another adapter can do', () => {
    const s = sessionScenario(ONE_CHANNEL);
    s.start();
    s.send({ type: 'LogOut', target: s.target });
    const other = { instance: 'sim-2', capabilities: { 'channel-activation-supported': false } };
    expect(shown(s.reconcile('adapter-moved', other))).toEqual([]);
    expect(shown(s.refuse('MakeNotReady'))).toEqual([
      'ChannelInfoChanged ACTIVE ready',
      'ChannelStateUpdated ACTIVE',
      'ChannelGroupStateUpdated ACTIVE',
    ]);
  });

  it('brings everything back that a failed logout took, although nobody could read it again', () => {
    const s = sessionScenario(ONE_CHANNEL);
    s.start();
    s.send({ type: 'LogOut', target: s.target });
    while (!s.asked().includes('LogOutAgent')) s.reply(s.state().requests[0]?.request.type ?? 'Dial');
    s.refuse('LogOutAgent');
    expect(s.asked()).toEqual(['ReadSession']);
    expect(s.state()).toMatchObject({ phase: 'STARTED', groups: [] });
    s.reconcile();
    s.answerAll();
    expect(s.state()).toMatchObject({ groups: [{ stage: 'LIVE' }], channels: [{ stage: 'LIVE' }] });
  });

  it('tells a dialled call by the channel on which it was dialled', () => {
    const s = sessionScenario({
      ...ONE_CHANNEL,
      conversation: { v: { state: 'TALKING', members: [] } },
      interaction: { i: { state: 'STARTED', data: {}, primary: 'v', consult: null } },
    });
    s.start();
    s.send({ type: 'Dial', target: s.channel(), destination: '5550199' });
    s.reply('Dial');
    s.world({ channel: { 1001: { state: 'ACTIVE', agent: READY, interactions: [{ nativeId: 'i' }] } } });
    expect(shown([...s.reconcile(), ...s.answerAll()])).toContain('InteractionCreated outbound');
  });

  it('forgets a dialled call that is not there', () => {
    const s = sessionScenario(ONE_CHANNEL);
    s.start();
    s.send({ type: 'Dial', target: s.channel(), destination: '5550199' });
    s.reply('Dial');
    expect(s.state().channels).toMatchObject([{ dialling: { paired: false } }]);
    s.reconcile();
    expect(s.state().channels).toMatchObject([{ dialling: null }]);
  });

  it('leaves a busy agent busy as long as the call is there', () => {
    const world = { ...INBOUND_CALL, ...ONE_CHANNEL };
    const s = sessionScenario(world);
    s.start();
    s.offer();
    s.fact({ type: 'AgentReady', target: s.channel(), busy: true });
    s.world({ channel: { 1001: { state: 'ACTIVE', agent: READY, interactions: [{ nativeId: 'i' }] } } });
    expect(s.survey('timer')).toEqual([]);
    s.world({ channel: { 1001: { state: 'ACTIVE', agent: READY, interactions: [] } } });
    expect(shown(s.survey('timer')).slice(0, 2)).toEqual([
      'ChannelInfoChanged ACTIVE ready',
      'ChannelStateUpdated ACTIVE',
    ]);
  });

  it('leaves an agent busy who still has to complete the call', () => {
    const s = runningCall();
    s.fact({ type: 'AgentReady', target: s.channel(), busy: true });
    s.fact({ type: 'ConversationEnded', target: s.conversation() });
    s.answerAll();
    expect(s.state().interactions).toMatchObject([{ state: 'ENDED' }]);
    s.world({
      channel: { 1001: { state: 'ACTIVE', agent: READY, interactions: [{ nativeId: 'i' }] } },
      interaction: { i: { state: 'ENDED', data: {}, primary: null, consult: null } },
    });
    expect(s.survey('timer')).toEqual([]);
  });

  it('leaves alone what could not be read', () => {
    const s = runningCall();
    const targets = [s.group(), s.channel(), s.interaction(), s.conversation()];
    const findings = targets.map((target) => ({ target, found: 'unread' }) as const);
    expect(s.must({ kind: 'surveyed', cause: 'timer', findings })).toEqual([]);
  });

  it('that nobody waits for any more changes nothing', () => {
    const s = runningCall();
    const gone = [{ target: s.interaction(), found: 'gone' }] as const;
    expect(s.must({ kind: 'surveyed', cause: 'adapter-restarted', findings: gone })).toEqual([]);
    s.lose();
    expect(s.must({ kind: 'surveyed', cause: 'timer', findings: gone })).toEqual([]);
    expect(s.must({ kind: 'surveyed', cause: 'adapter-restarted', findings: gone })).toEqual([]);
  });

  it('takes the agent into after-call work whose call is found ended', () => {
    const s = sessionScenario({
      ...ONE_CHANNEL,
      interaction: { i: { state: 'STARTED', data: { QUEUE: '7001' }, primary: 'v', consult: null } },
      conversation: { v: { state: 'TALKING', members: [] } },
    });
    s.house({ queues: { 7001: { wrapUpMs: 30_000, dispositionRequired: false } } });
    s.start();
    s.offer();
    s.world({
      channel: { 1001: { state: 'ACTIVE', agent: READY, interactions: [{ nativeId: 'i' }] } },
      interaction: { i: { state: 'ENDED', data: { QUEUE: '7001' }, primary: null, consult: null } },
    });
    expect(words(s.reconcile()).slice(-3)).toEqual([
      'AfterCallWorkBegan',
      '> MakeNotReady',
      'ReconcileEnded done',
    ]);
    expect(s.asked()).toEqual(['MakeNotReady']);
  });
});
