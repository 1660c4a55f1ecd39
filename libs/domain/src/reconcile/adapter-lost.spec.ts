import {
  ADAPTER,
  FULL_ADAPTER,
  inWords,
  INBOUND_CALL,
  MANY_CHANNELS,
  ONE_CHANNEL,
  RESUME_POLICY,
  runningCall,
  type SessionScenario,
  sessionScenario,
  shown,
} from '@cordboard/testing/scenario';
import { type Command } from '../command.ts';
import { type SessionEvent } from '../session-event.ts';
import { allowedCommands } from '../session/refusal.ts';
import { nextDeadlineAt } from '../session/queries.ts';

const words = (events: readonly SessionEvent[]): readonly string[] => events.map(inWords);

const LOST = 'AdapterLost restarted';
const UNKNOWN = '< unknown';
const FAILED = 'CommandCompleted CTI_ERROR';

const started = (world = ONE_CHANNEL, adapter = ADAPTER): SessionScenario => {
  const s = sessionScenario(world);
  s.start(RESUME_POLICY, adapter);
  return s;
};

const asks = (s: SessionScenario, command: Command): SessionScenario => {
  expect(s.send(command)).toMatchObject({ ok: true });
  return s;
};

const ringing = (): SessionScenario => {
  const s = started(INBOUND_CALL);
  s.offer();
  return s;
};

/** The caller hangs up on a call that the agent talks on, and nobody has let go of the leg yet. */
const hungUp = (): SessionScenario => {
  const s = runningCall();
  s.fact({ type: 'ConversationEnded', target: s.conversation() });
  return s;
};

const offered = (steps: number): SessionScenario => {
  const s = started(INBOUND_CALL);
  s.fact({ type: 'InteractionOffered', target: s.channel(), nativeId: 'i' });
  for (let step = 0; step < steps; step += 1) s.reply(s.state().requests[0]?.request.type ?? 'Dial');
  return s;
};

describe('an adapter that is lost', () => {
  it.each<[string, () => SessionScenario, readonly string[]]>([
    ['nothing under way', started, []],
    [
      'a command under way',
      () => {
        const s = runningCall();
        return asks(s, { type: 'HoldConversation', target: s.conversation() });
      },
      [UNKNOWN, FAILED],
    ],
    [
      'a number being dialled',
      () => {
        const s = started();
        return asks(s, { type: 'Dial', target: s.channel(), destination: '5550199' });
      },
      [UNKNOWN, FAILED],
    ],
    [
      'a consult call being begun',
      () => {
        const s = runningCall();
        return asks(s, { type: 'Consult', target: s.interaction(), destination: '5550199' });
      },
      [UNKNOWN, FAILED],
    ],
    [
      'a leg being let go of: that goes on without it',
      hungUp,
      [UNKNOWN, 'ConversationDisposed', 'InteractionEnded', 'InteractionStateUpdated ENDED'],
    ],
    ['a call being registered, which nobody has heard of', () => offered(0), []],
    ['a call being read, which nobody has heard of', () => offered(1), []],
    [
      'a call whose leg is being read',
      () => offered(3),
      ['InteractionDataChanged', 'InteractionPreviewed', 'InteractionInitialized'],
    ],
    [
      'a group being added',
      () => {
        const s = started();
        return asks(s, {
          type: 'AddChannelGroup',
          target: s.target,
          name: 'Project',
          chat: false,
          email: false,
          callback: false,
        });
      },
      [FAILED],
    ],
    [
      'a logout, which goes on later',
      () => {
        const s = started();
        return asks(s, { type: 'LogOut', target: s.target });
      },
      [UNKNOWN],
    ],
  ])('leaves of %s', (_, make, told) => {
    const s = make();
    expect(words(s.lose())).toEqual([LOST, ...told]);
    expect(s.state()).toMatchObject({ link: 'down', requests: [], deferred: [] });
    expect(s.lose()).toEqual([]);
  });

  it('fails a command that works through several channels, and one that waits for its turn', () => {
    const s = started(MANY_CHANNELS, FULL_ADAPTER);
    asks(s, { type: 'DeactivateAll', target: s.group() });
    asks(s, { type: 'GetAddressBook', target: s.target, realtime: true });
    asks(s, { type: 'StopAddressBook', target: s.target });
    expect(words(s.lose()).filter((one) => one === FAILED)).toHaveLength(3);
    expect(s.state().commands).toEqual([]);
  });

  it('fails the start of a session, which may be tried again elsewhere', () => {
    const s = sessionScenario();
    s.prepare();
    s.bind();
    asks(s, { type: 'StartSession', target: s.target });
    expect(words(s.lose('silent'))).toEqual(['AdapterLost silent', UNKNOWN, FAILED, '> DisposeSession']);
    expect(s.state()).toMatchObject({ phase: 'PREPARED', link: 'none' });
    s.reply('DisposeSession');
    s.send({ type: 'StartSession', target: s.target }, { ...ADAPTER, instance: 'sim-2' });
    expect(s.asked()).toEqual(['CreateSession']);
    expect(s.state()).toMatchObject({ link: 'up' });
  });

  it('leaves nothing that waits on the legs of a call: the agent may begin another consult call later', () => {
    const s = runningCall();
    asks(s, { type: 'Consult', target: s.interaction(), destination: '5550199' });
    s.reply('Consult');
    expect(s.state().interactions).toMatchObject([{ holdBack: { by: 'consult' } }]);
    expect(new Set(shown(s.lose()))).toEqual(new Set(['InteractionStateUpdated STARTED']));
    expect(s.state().interactions).toMatchObject([{ holdBack: null }]);
    expect(allowedCommands(s.state(), s.interaction())).toContain('Consult');
  });

  it('is nothing to a session on another instance, or to one that is not on any', () => {
    const s = sessionScenario();
    s.prepare();
    expect(s.lose()).toEqual([]);
    const t = started();
    expect(t.must({ kind: 'adapter-lost', instance: 'sim-2', reason: 'silent' })).toEqual([]);
  });

  it('gives a reconciliation up that was under way', () => {
    const s = ringing();
    s.lose();
    s.back();
    expect(words(s.lose('silent'))).toEqual(['AdapterLost silent', UNKNOWN]);
    expect(s.state()).toMatchObject({ link: 'down', reconcile: null });
  });
});

describe('while the adapter is away', () => {
  it('what needs the switch is refused, with words that say that it will be better', () => {
    const s = runningCall();
    s.lose();
    const refused = s.send({ type: 'HoldConversation', target: s.conversation() });
    expect(refused).toMatchObject({ ok: false, error: { code: 'CTI_ERROR' } });
    expect(!refused.ok && refused.error.message).toContain('comes back by itself');
    expect(s.send({ type: 'LogOut', target: s.target })).toMatchObject({ ok: false });
  });

  it('what could never be done is refused for that', () => {
    const s = started();
    s.lose();
    expect(s.send({ type: 'ActivateChannel', target: s.channel() })).toMatchObject({
      error: { code: 'CHANNEL_ALREADY_ACTIVE' },
    });
  });

  it('what is configured is answered as ever', () => {
    const s = sessionScenario();
    s.house({ directory: [{ name: 'Front desk', destination: '5550199' }] });
    s.start();
    s.lose();
    const listed = s.send({ type: 'GetDirectory', target: s.target });
    expect(listed.ok && words(listed.value)).toEqual(['CommandAccepted', 'CommandCompleted success']);
  });

  it('what the switch says is not listened to, since it is read later', () => {
    const s = runningCall();
    s.lose();
    expect(s.fact({ type: 'ConversationHeld', target: s.conversation() })).toEqual([]);
  });

  it('the end of the log-in alone is believed', () => {
    const s = runningCall();
    s.lose();
    const ended = words(s.fact({ type: 'SessionEnded', target: s.target }));
    expect(ended.at(-1)).toBe('SessionClosed ended-by-switch');
    expect(ended.filter((one) => one.startsWith('>'))).toEqual(['> DisposeSession']);
  });

  it('desktops come and go, and what time asks for waits', () => {
    const s = sessionScenario();
    s.start({ resumeMs: 1_000, whenLapsed: 'log-out', unboundMs: 1_000 });
    s.lose();
    s.must({ kind: 'unbind', binding: 'binding-1', reason: 'closed' });
    expect(nextDeadlineAt(s.state())).toBeNull();
    expect(s.after(5_000)).toEqual([]);
    s.back();
    s.reply('CreateSession');
    s.survey();
    expect(nextDeadlineAt(s.state())).toBeLessThan(s.now());
    expect(words(s.after(0)).slice(0, 2)).toEqual(['SessionLapsed', 'LogOutBegan']);
  });

  it('an agent is not taken into after-call work that nobody can ask for', () => {
    const s = sessionScenario({
      ...ONE_CHANNEL,
      interaction: { i: { state: 'STARTED', data: { QUEUE: '7001' }, primary: 'v1', consult: null } },
      conversation: { v1: { state: 'TALKING', members: [] } },
    });
    s.house({ queues: { 7001: { wrapUpMs: 30_000, dispositionRequired: false } } });
    s.start();
    s.offer();
    s.fact({ type: 'ConversationEnded', target: s.conversation() });
    expect(words(s.lose())).toEqual([
      LOST,
      UNKNOWN,
      'ConversationDisposed',
      'InteractionEnded',
      'InteractionStateUpdated ENDED',
    ]);
  });
});
