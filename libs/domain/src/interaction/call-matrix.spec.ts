import {
  ADAPTER,
  INBOUND_CALL,
  ONE_CHANNEL,
  OUTBOUND_CALL,
  plausible,
  RESUME_POLICY,
  runningCall,
  type SessionScenario,
  sessionScenario,
  type SwitchWorld,
} from '@cordboard/testing/scenario';
import { type Command, type CommandType } from '../command.ts';
import { commandKind } from '../command-kinds.ts';
import { type Adapter } from '../session-input.ts';
import { allowedCommands } from '../session/refusal.ts';
import { type ConversationState } from '../values.ts';

const SIGNALS: Adapter = { instance: 'sim-1', capabilities: { 'signal-supported': true } };

const offered = (world: SwitchWorld): SessionScenario => {
  const s = sessionScenario(world);
  s.start(RESUME_POLICY, SIGNALS);
  s.offer();
  return s;
};

const ended = (s: SessionScenario): SessionScenario => {
  s.fact({ type: 'ConversationEnded', target: s.conversation() });
  s.answerAll();
  return s;
};

/** Whether a command is taken, or why not; the capabilities say the same. */
const tried = (s: SessionScenario, type: CommandType): string => {
  const target = commandKind(type) === 'interaction' ? s.interaction() : s.conversation();
  const allowed = allowedCommands(s.state(), target).includes(type);
  const taken = s.send(plausible(type, target));
  expect(taken.ok).toBe(allowed);
  return taken.ok ? 'yes' : taken.error.code;
};

const CALLS: Readonly<Record<string, () => SessionScenario>> = {
  ALERTING: () => offered(INBOUND_CALL),
  DIALING: () => offered(OUTBOUND_CALL),
  ONE: () => runningCall('TALKING', null, SIGNALS),
  CALLING: () => runningCall('HELD', 'DIALING', SIGNALS),
  CONSULT: () => runningCall('HELD', 'TALKING', SIGNALS),
  ENDED: () => ended(runningCall('TALKING', null, SIGNALS)),
};

const NO = 'INVALID_STATE';
const LIVE = 'CONVERSATIONS_ACTIVE';
const NONE = 'NO_CONSULT';

/** Agent protocol D4, row by row. */
const INTERACTIONS: Readonly<Record<string, readonly string[]>> = {
  AcceptInteraction: ['yes', NO, NO, NO, NO, NO],
  RejectInteraction: ['yes', NO, NO, NO, NO, NO],
  SetInteractionData: ['yes', 'yes', 'yes', 'yes', 'yes', 'yes'],
  SetDisposition: [NO, NO, 'yes', 'yes', 'yes', 'yes'],
  Consult: [NO, NO, 'yes', NO, NO, NO],
  Alternate: [NONE, NONE, NONE, NONE, 'yes', NONE],
  ConsultTransfer: [NONE, NONE, NONE, NONE, 'yes', NONE],
  ConsultConference: [NONE, NONE, NONE, NONE, 'yes', NONE],
  SendSignal: [NO, NO, 'yes', 'yes', 'yes', NO],
  CompleteInteraction: [LIVE, LIVE, LIVE, LIVE, LIVE, 'yes'],
};

const rowsOf = (table: Readonly<Record<string, readonly string[]>>, columns: readonly string[]) =>
  Object.entries(table).flatMap(([type, row]) =>
    row.map((verdict, index) => [type as CommandType, columns[index] ?? '', verdict] as const),
  );

describe('what a call admits (D4)', () => {
  it.each(rowsOf(INTERACTIONS, Object.keys(CALLS)))('%s while %s: %s', (type, state, verdict) => {
    const s = CALLS[state]?.() ?? sessionScenario();
    expect(tried(s, type)).toBe(verdict);
  });

  it('joins nothing when the first leg is gone', () => {
    const s = runningCall('HELD', 'TALKING');
    s.fact({ type: 'ConversationEnded', target: s.conversation() });
    expect(tried(s, 'ConsultTransfer')).toBe(NO);
    s.answerAll();
    expect(tried(s, 'Alternate')).toBe(NO);
    expect(tried(s, 'Consult')).toBe(NO);
  });

  it.each(['Consult', 'Alternate', 'ConsultTransfer', 'ConsultConference'] as const)(
    'waits for the answer to %s before it changes the legs again',
    (type) => {
      const s = type === 'Consult' ? runningCall() : runningCall('HELD', 'TALKING');
      const others =
        type === 'Consult' ? (['Consult'] as const) : (['Alternate', 'ConsultConference'] as const);
      expect(tried(s, type)).toBe('yes');
      const refused = others.map((other) => s.send(plausible(other, s.interaction())));
      refused.forEach((taken) => expect(taken).toMatchObject({ error: { code: NO } }));
      s.refuse(type);
      expect(tried(s, type)).toBe('yes');
    },
  );
});

const CHAT: SwitchWorld = { ...ONE_CHANNEL, channels: { g: [{ nativeId: '1001', channelType: 'CHAT' }] } };

const chatIn = (state: 'ALERTING' | 'STARTED' | 'ENDED'): SessionScenario =>
  offered({ ...CHAT, interaction: { i: { state, data: {}, primary: null, consult: null } } });

describe('what a chat admits (D4)', () => {
  const rows: Readonly<Record<string, readonly string[]>> = {
    AcceptInteraction: ['yes', NO, NO],
    RejectInteraction: ['yes', NO, NO],
    SetInteractionData: ['yes', 'yes', 'yes'],
    SetDisposition: [NO, 'yes', 'yes'],
    Consult: ['NOT_SUPPORTED', 'NOT_SUPPORTED', 'NOT_SUPPORTED'],
    ConsultTransfer: ['NOT_SUPPORTED', 'NOT_SUPPORTED', 'NOT_SUPPORTED'],
    SendSignal: [NO, 'yes', NO],
    CompleteInteraction: [NO, 'yes', 'yes'],
  };

  it.each(rowsOf(rows, ['ALERTING', 'STARTED', 'ENDED']))('%s while %s: %s', (type, state, verdict) => {
    expect(tried(chatIn(state as 'ALERTING'), type)).toBe(verdict);
  });
});

const STATES = ['RINGING', 'DIALING', 'TALKING', 'HELD', 'MUTE', 'RELEASED'] as const;

const legIn = (state: ConversationState): SessionScenario => {
  if (state === 'RINGING') return offered(INBOUND_CALL);
  if (state === 'DIALING') return offered(OUTBOUND_CALL);
  const s = runningCall(state === 'RELEASED' ? 'TALKING' : state);
  if (state === 'RELEASED') s.fact({ type: 'ConversationEnded', target: s.conversation() });
  return s;
};

/** Agent protocol D5, row by row. */
const CONVERSATIONS: Readonly<Record<string, readonly string[]>> = {
  AnswerConversation: ['yes', NO, NO, NO, NO, NO],
  ReleaseConversation: ['yes', 'yes', 'yes', 'yes', 'yes', NO],
  HoldConversation: [NO, NO, 'yes', 'no-op', 'yes', NO],
  RetrieveConversation: [NO, NO, 'no-op', 'yes', NO, NO],
  MuteConversation: [NO, NO, 'yes', NO, 'no-op', NO],
  UnmuteConversation: [NO, NO, 'no-op', NO, 'yes', NO],
  SendDtmf: [NO, NO, 'yes', NO, 'yes', NO],
  BlindTransfer: [NO, NO, 'yes', 'yes', 'yes', NO],
  BlindConference: [NO, NO, 'yes', 'yes', 'yes', NO],
  RemoveParty: [NO, NO, 'yes', 'yes', 'yes', NO],
};

describe('what a leg admits (D5)', () => {
  it.each(rowsOf(CONVERSATIONS, STATES))('%s while %s: %s', (type, state, verdict) => {
    const s = legIn(state as ConversationState);
    expect(tried(s, type)).toBe(verdict === 'no-op' ? 'yes' : verdict);
    const { type: last } = s.history().at(-1) ?? { type: null };
    if (verdict === 'yes') expect(last).toBe('SwitchRequested');
    if (verdict !== 'no-op') return;
    // The wish is fulfilled: success at once, nobody is asked.
    expect(last).toBe('CommandCompleted');
    expect(s.asked()).toEqual([]);
  });

  it.each(['BlindTransfer', 'BlindConference'] as const)('is sent on by %s once at a time', (type) => {
    const s = runningCall();
    expect(tried(s, type)).toBe('yes');
    expect(s.send(plausible(type, s.conversation()))).toMatchObject({ error: { code: NO } });
    s.refuse(type);
    expect(tried(s, type)).toBe('yes');
  });
});

describe('what the switch lacks (B.1.1)', () => {
  const keys: Readonly<Record<string, readonly CommandType[]>> = {
    'consult-supported': ['Consult', 'Alternate', 'ConsultTransfer', 'ConsultConference'],
    'interaction-data-supported': ['SetInteractionData'],
    'signal-supported': ['SendSignal'],
    'mute-supported': ['MuteConversation', 'UnmuteConversation'],
    'dtmf-supported': ['SendDtmf'],
    'blind-transfer-supported': ['BlindTransfer'],
    'blind-conference-supported': ['BlindConference'],
    'remove-party-supported': ['RemoveParty'],
  };

  it.each(Object.entries(keys))('is refused without asking it: %s', (key, types) => {
    for (const type of types) {
      const s = runningCall('TALKING', 'HELD', { ...ADAPTER, capabilities: { [key]: false } });
      expect(tried(s, type)).toBe('NOT_SUPPORTED');
      expect(s.asked()).toEqual([]);
    }
  });

  it('is told by silence for signals alone', () => {
    const s = runningCall('TALKING');
    expect(tried(s, 'SendSignal')).toBe('NOT_SUPPORTED');
    expect(tried(s, 'BlindTransfer')).toBe('yes');
  });
});

describe('what a command says', () => {
  it.each([
    { type: 'Consult', destination: ' ' },
    { type: 'BlindTransfer', destination: '' },
    { type: 'BlindConference', destination: '' },
    { type: 'SendDtmf', digits: '' },
    { type: 'SendDtmf', digits: '12a' },
    { type: 'SendDtmf', digits: '1 2' },
    { type: 'SendDtmf', digits: '12\n' },
    { type: 'RemoveParty', number: '' },
    { type: 'SetInteractionData', key: '', value: 'x' },
    { type: 'SetDisposition', disposition: ' ' },
  ] as const)('is refused as %j', (what) => {
    const s = runningCall();
    const ofCall = commandKind(what.type) === 'interaction';
    const command = { ...what, target: ofCall ? s.interaction() : s.conversation() } as unknown as Command;
    expect(s.send(command)).toMatchObject({ ok: false, error: { code: 'INVALID_DATA' } });
  });
});
