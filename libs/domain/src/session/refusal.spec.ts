import { type Target } from '@cordboard/kernel';
import {
  INBOUND_CALL,
  OUTBOUND_CALL,
  ONE_CHANNEL,
  plausible,
  type SessionScenario,
  sessionScenario,
} from '@cordboard/testing/scenario';
import { type CommandType } from '../command.ts';
import { type SwitchFact } from '../switch-fact.ts';
import { type ChannelState, type ConversationState } from '../values.ts';
import { sessionDecider } from './decide.ts';
import { allowedCommands } from './refusal.ts';

/** The code of the refusal, or OK; what is taken was said to be allowed. */
const tried = (s: SessionScenario, type: CommandType, target: Target): string => {
  const allowed = allowedCommands(s.state(), target).includes(type);
  const taken = s.send(plausible(type, target));
  if (taken.ok) expect(allowed).toBe(true);
  return taken.ok ? 'OK' : taken.error.code;
};

const started = (world = ONE_CHANNEL): SessionScenario => {
  const s = sessionScenario(world);
  s.start();
  return s;
};

const OTHERS: readonly CommandType[] = [
  'LogOut',
  'ActivateChannel',
  'MakeReady',
  'Dial',
  'AcceptInteraction',
  'CompleteInteraction',
  'AnswerConversation',
  'HoldConversation',
];

describe('commands in the phases of a session (D1)', () => {
  it.each(OTHERS)('refuses %s before the start', (type) => {
    const s = sessionScenario();
    s.prepare();
    s.bind();
    expect(tried(s, type, s.target)).toBe('SESSION_NOT_STARTED');
    s.send({ type: 'StartSession', target: s.target });
    expect(tried(s, type, s.target)).toBe('SESSION_NOT_STARTED');
    expect(tried(s, 'StartSession', s.target)).toBe('SESSION_ALREADY_STARTED');
  });

  it('refuses a second start, a logout before the end of the set-up, and everything during a logout', () => {
    const s = started();
    expect(tried(s, 'StartSession', s.target)).toBe('SESSION_ALREADY_STARTED');
    s.send({ type: 'LogOut', target: s.target });
    expect(tried(s, 'LogOut', s.target)).toBe('INVALID_STATE');
    expect(tried(s, 'StartSession', s.target)).toBe('INVALID_STATE');
    expect(tried(s, 'MakeReady', s.channel())).toBe('INVALID_STATE');
  });

  it('takes commands during the set-up on what is announced, but no logout', () => {
    const s = sessionScenario({
      ...INBOUND_CALL,
      channel: { 1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'i' }] } },
    });
    s.prepare();
    s.bind();
    s.send({ type: 'StartSession', target: s.target });
    while (!s.asked().includes('RegisterInteraction')) s.reply(s.state().requests[0]?.request.type ?? 'Dial');
    expect(tried(s, 'LogOut', s.target)).toBe('INVALID_STATE');
    expect(tried(s, 'MakeReady', s.channel())).toBe('OK');
    expect(tried(s, 'AcceptInteraction', s.interaction())).toBe('UNKNOWN_TARGET');
  });

  it.each([...OTHERS, 'StartSession'] as const)('refuses %s for ever once the session is closed', (type) => {
    const s = started();
    s.must({ kind: 'close', reason: 'overridden' });
    expect(tried(s, type, s.target)).toBe('SESSION_CLOSED');
    expect(s.bind('b9')).toMatchObject({ ok: false, error: { code: 'SESSION_CLOSED' } });
  });
});

describe('targets', () => {
  it.each([
    ['MakeReady', (s: SessionScenario) => s.target],
    ['LogOut', (s: SessionScenario) => s.channel()],
    ['MakeReady', (s: SessionScenario) => ({ ...s.channel(), channel: 'other' })],
    ['LogOut', () => ({ session: '00000000-0000-7000-8000-000000000000' })],
    ['HoldConversation', (s: SessionScenario) => ({ ...s.channel(), interaction: 'i', conversation: 'v' })],
    ['AcceptInteraction', (s: SessionScenario) => ({ ...s.channel(), interaction: 'i' })],
  ] as const)('refuses %s to an object that is not there or of another kind', (type, target) => {
    const s = started();
    expect(tried(s, type, target(s))).toBe('UNKNOWN_TARGET');
  });

  it('refuses commands to what is being disposed of', () => {
    const s = started(INBOUND_CALL);
    s.offer();
    s.fact({ type: 'ConversationTalking', target: s.conversation() });
    s.fact({ type: 'ConversationEnded', target: s.conversation() });
    expect(tried(s, 'HoldConversation', s.conversation())).toBe('INVALID_STATE');
    s.fact({ type: 'InteractionCompleted', target: s.interaction() });
    s.answerAll();
    expect(s.state().interactions).toEqual([]);
  });

  it('refuses what names nothing', () => {
    const s = started();
    const dial = s.send({ type: 'Dial', target: s.channel(), destination: ' ' });
    const pause = s.send({ type: 'MakeNotReady', target: s.channel(), reasonCode: '' });
    expect([dial, pause]).toMatchObject([
      { error: { code: 'INVALID_DATA' } },
      { error: { code: 'INVALID_DATA' } },
    ]);
  });

  it('refuses more unanswered commands than it keeps', () => {
    const s = started();
    for (let count = 0; count < 64; count += 1) expect(tried(s, 'MakeReady', s.channel())).toBe('OK');
    expect(tried(s, 'MakeReady', s.channel())).toBe('INVALID_STATE');
    expect(s.take({ kind: 'elapsed' }).ok).toBe(true);
  });

  it('takes a command that is under way once', () => {
    const s = started();
    const input = {
      kind: 'command',
      commandId: 'same',
      digest: 'same',
      binding: 'binding-1',
      command: plausible('Dial', s.channel()),
      adapter: null,
    } as const;
    expect(s.must(input)).toHaveLength(2);
    expect(s.must(input)).toEqual([]);
  });
});

describe('channels (B3, D2)', () => {
  const table: readonly (readonly [CommandType, ChannelState, string])[] = [
    ['ActivateChannel', 'INACTIVE', 'OK'],
    ['ActivateChannel', 'ACTIVE', 'CHANNEL_ALREADY_ACTIVE'],
    ['ActivateChannel', 'UNAVAILABLE', 'CHANNEL_UNAVAILABLE'],
    ['DeactivateChannel', 'INACTIVE', 'CHANNEL_ALREADY_INACTIVE'],
    ['DeactivateChannel', 'ACTIVE', 'OK'],
    ['DeactivateChannel', 'UNAVAILABLE', 'CHANNEL_UNAVAILABLE'],
    ...(['MakeReady', 'MakeNotReady', 'Dial'] as const).flatMap((type) => [
      [type, 'INACTIVE', 'CHANNEL_NOT_ACTIVE'] as const,
      [type, 'ACTIVE', 'OK'] as const,
      [type, 'UNAVAILABLE', 'CHANNEL_UNAVAILABLE'] as const,
    ]),
  ];

  it.each(table)('answer %s in %s with %s', (type, state, code) => {
    const s = started({ ...ONE_CHANNEL, channel: { 1001: { state, agent: null, interactions: [] } } });
    expect(tried(s, type, s.channel())).toBe(code);
  });

  it.each(['ActivateChannel', 'DeactivateChannel', 'Dial'] as const)('take %s once at a time', (type) => {
    const state = type === 'ActivateChannel' ? 'INACTIVE' : 'ACTIVE';
    const s = started({ ...ONE_CHANNEL, channel: { 1001: { state, agent: null, interactions: [] } } });
    expect(tried(s, type, s.channel())).toBe('OK');
    expect(tried(s, type, s.channel())).toBe('INVALID_STATE');
    s.answerAll();
    expect(tried(s, type, s.channel())).toBe('OK');
  });

  it('are not deactivated under a call', () => {
    const s = started(INBOUND_CALL);
    s.offer();
    expect(tried(s, 'DeactivateChannel', s.channel())).toBe('ONGOING_INTERACTION');
    expect(tried(s, 'MakeNotReady', s.channel())).toBe('OK');
  });

  it('refuse what the switch cannot do, without asking it', () => {
    const s = sessionScenario(ONE_CHANNEL);
    s.prepare();
    s.bind();
    const adapter = { instance: 'sim-1', capabilities: { 'channel-activation-supported': false } };
    s.send({ type: 'StartSession', target: s.target }, adapter);
    s.answerAll();
    expect(tried(s, 'ActivateChannel', s.channel())).toBe('NOT_SUPPORTED');
    expect(tried(s, 'DeactivateChannel', s.channel())).toBe('NOT_SUPPORTED');
    expect(s.asked()).toEqual([]);
  });

  it('dial for telephony only', () => {
    const s = started({ ...ONE_CHANNEL, channels: { g: [{ nativeId: '1001', channelType: 'CHAT' }] } });
    expect(tried(s, 'Dial', s.channel())).toBe('NOT_SUPPORTED');
  });
});

const LEG_FACTS: Readonly<Partial<Record<ConversationState, SwitchFact['type']>>> = {
  TALKING: 'ConversationTalking',
  HELD: 'ConversationHeld',
  MUTE: 'ConversationMuted',
  RELEASED: 'ConversationEnded',
};

const inState = (state: ConversationState): SessionScenario => {
  const s = started(state === 'DIALING' ? OUTBOUND_CALL : INBOUND_CALL);
  s.offer();
  const type = LEG_FACTS[state];
  if (type !== undefined) s.fact({ type, target: s.conversation() } as SwitchFact);
  return s;
};

describe('calls (D4, D5)', () => {
  const states = ['RINGING', 'DIALING', 'TALKING', 'HELD', 'MUTE', 'RELEASED'] as const;
  const matrix: Readonly<Record<string, readonly boolean[]>> = {
    AnswerConversation: [true, false, false, false, false, false],
    ReleaseConversation: [true, true, true, true, true, false],
    HoldConversation: [false, false, true, true, true, false],
    RetrieveConversation: [false, false, true, true, false, false],
    AcceptInteraction: [true, false, false, false, false, false],
    RejectInteraction: [true, false, false, false, false, false],
  };
  const rows = Object.entries(matrix).flatMap(([type, row]) =>
    row.map((allowed, index) => [type as CommandType, states[index] ?? 'RINGING', allowed] as const),
  );

  it.each(rows)('%s in %s: %s', (type, state, allowed) => {
    const s = inState(state);
    const target = type.endsWith('Interaction') ? s.interaction() : s.conversation();
    expect(tried(s, type, target)).toBe(allowed ? 'OK' : 'INVALID_STATE');
  });

  it.each(['RINGING', 'DIALING', 'TALKING', 'HELD', 'MUTE'] as const)(
    'are not completed while %s',
    (state) => {
      const s = inState(state);
      expect(tried(s, 'CompleteInteraction', s.interaction())).toBe('CONVERSATIONS_ACTIVE');
    },
  );

  it('are completed once, after they have ended', () => {
    const s = inState('TALKING');
    s.fact({ type: 'ConversationEnded', target: s.conversation() });
    expect(tried(s, 'CompleteInteraction', s.interaction())).toBe('CONVERSATIONS_ACTIVE');
    s.answerAll();
    expect(tried(s, 'CompleteInteraction', s.interaction())).toBe('OK');
    expect(tried(s, 'CompleteInteraction', s.interaction())).toBe('INVALID_STATE');
    s.reply('CompleteInteraction');
    expect(tried(s, 'CompleteInteraction', s.interaction())).toBe('INVALID_STATE');
  });

  it('are taken or refused once, and can be released even so', () => {
    const s = inState('RINGING');
    expect(tried(s, 'AnswerConversation', s.conversation())).toBe('OK');
    expect(tried(s, 'AnswerConversation', s.conversation())).toBe('INVALID_STATE');
    expect(tried(s, 'AcceptInteraction', s.interaction())).toBe('INVALID_STATE');
    expect(tried(s, 'RejectInteraction', s.interaction())).toBe('INVALID_STATE');
    expect(tried(s, 'ReleaseConversation', s.conversation())).toBe('OK');
    expect(tried(s, 'ReleaseConversation', s.conversation())).toBe('INVALID_STATE');
  });

  it('are released once at a time', () => {
    const s = inState('TALKING');
    expect(tried(s, 'ReleaseConversation', s.conversation())).toBe('OK');
    expect(tried(s, 'ReleaseConversation', s.conversation())).toBe('INVALID_STATE');
    s.refuse('ReleaseConversation');
    expect(tried(s, 'ReleaseConversation', s.conversation())).toBe('OK');
  });
});

describe('what is allowed', () => {
  it.each([
    ['AnswerConversation', INBOUND_CALL],
    ['RejectInteraction', INBOUND_CALL],
    ['ReleaseConversation', OUTBOUND_CALL],
  ] as const)('tells of the state of the object, not of the answer that %s waits for', (type, world) => {
    const s = started(world);
    s.offer();
    const target = type === 'RejectInteraction' ? s.interaction() : s.conversation();
    s.send(plausible(type, target));
    expect(allowedCommands(s.state(), target)).toContain(type);
    expect(tried(s, type, target)).toBe('INVALID_STATE');
  });

  it('is the same for a channel whether or not a call goes on there', () => {
    const s = started(INBOUND_CALL);
    const before = allowedCommands(s.state(), s.channel());
    expect(before).toEqual(['DeactivateChannel', 'MakeReady', 'MakeNotReady', 'Dial']);
    s.offer();
    s.send(plausible('Dial', s.channel()));
    expect(allowedCommands(s.state(), s.channel())).toEqual(before);
    expect(tried(s, 'DeactivateChannel', s.channel())).toBe('ONGOING_INTERACTION');
  });

  it('includes completion as soon as a call found ENDED is announced', () => {
    const s = started({
      ...ONE_CHANNEL,
      channel: { 1001: { state: 'ACTIVE', agent: null, interactions: [{ nativeId: 'over' }] } },
      interaction: { over: { state: 'ENDED', data: {}, primary: null, consult: null } },
    });
    const announced = s.history().findIndex(({ type }) => type === 'InteractionStateUpdated');
    const then = s
      .history()
      .slice(0, announced + 1)
      .reduce(sessionDecider.evolve, sessionDecider.initialState);
    expect(allowedCommands(then, s.interaction())).toEqual([
      'SetInteractionData',
      'SetDisposition',
      'CompleteInteraction',
    ]);
  });

  it('is nothing for what does not exist', () => {
    const s = started();
    expect(allowedCommands(s.state(), { ...s.channel(), channel: 'other' })).toEqual([]);
    expect(allowedCommands(s.state(), { ...s.target, channelgroup: 'other' })).toEqual([]);
    expect(allowedCommands(s.state(), s.target)).toEqual(['LogOut', 'AddChannelGroup', 'RemoveChannelGroup']);
  });
});
