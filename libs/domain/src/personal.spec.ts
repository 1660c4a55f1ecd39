import { type Target } from '@cordboard/kernel';
import { personalPaths, sealScope, subjectsOf } from './personal.ts';
import { EVENT_TYPES } from './session-event-kinds.ts';
import { type EventData, type EventType, type SessionEvent } from './session-event.ts';

const target: Target = { session: 's', channelgroup: 'g', channel: 'c', interaction: 'i' };
const event = <Type extends EventType>(
  type: Type,
  data: EventData[Type],
  at: Target = target,
): SessionEvent => ({ type, target: at, data }) as SessionEvent;

const NUMBER = '+12025550123';
const DIGITS = NUMBER.slice(1);
const NAME = 'Jo Doe';

/** One event of each kind that may speak of people, with everything personal that it can hold. */
const speaking: readonly SessionEvent[] = [
  event(
    'SessionPrepared',
    {
      session: 's',
      tenant: 'demo',
      processor: 'SIM',
      agent: { id: 'ann', extension: NUMBER },
      model: '',
      policy: { resumeMs: 0, whenLapsed: 'keep', unboundMs: 0 },
      endsAt: 1,
    },
    { session: 's' },
  ),
  event('CommandAccepted', {
    commandId: 'c',
    digest: 'd',
    command: { type: 'Dial', target, destination: NUMBER },
  }),
  event('CommandAccepted', {
    commandId: 'c',
    digest: 'd',
    command: { type: 'MakeNotReady', target, reasonCode: '7', reasonName: NAME },
  }),
  event('CommandAccepted', {
    commandId: 'c',
    digest: 'd',
    command: { type: 'StartSession', target, extension: NUMBER },
  }),
  event('CommandAccepted', {
    commandId: 'c',
    digest: 'd',
    command: { type: 'DeactivateChannel', target, reason: NAME },
  }),
  ...(['CommandAccepted', 'SwitchRequested'] as const).flatMap((type) =>
    (
      [
        { type: 'Consult', target, destination: NUMBER },
        { type: 'BlindTransfer', target, destination: NUMBER },
        { type: 'BlindConference', target, destination: NUMBER },
        { type: 'RemoveParty', target, number: NUMBER },
        { type: 'SendDtmf', target, digits: DIGITS },
        { type: 'SetDisposition', target, disposition: `${NAME} calls again` },
        { type: 'SetInteractionData', target, key: 'callback', value: NUMBER },
        { type: 'SetInteractionData', target, key: 'who', value: { name: NAME } },
        { type: 'SendSignal', target, parameters: { p1: NUMBER } },
        { type: 'Dial', target, destination: '7000', extensions: { note: NAME } },
      ] as const
    ).map((what) =>
      type === 'CommandAccepted'
        ? event(type, { commandId: 'c', digest: 'd', command: what })
        : event(type, { requestId: 'r', deadlineAt: 1, request: what }),
    ),
  ),
  event('InteractionDispositionSet', { disposition: `${NAME} calls again` }),
  event('ConversationTransferFailed', { reason: `${NUMBER} is wrong` }),
  event('ConversationConferenceFailed', { reason: `${NUMBER} is wrong` }),
  event('AgentLegFailed', { error: `${NUMBER} is busy` }),
  event('SwitchFactDeferred', {
    fact: { type: 'AgentLegChanged', target, state: 'failed', error: `${NUMBER} is busy` },
  }),
  event('CommandCompleted', {
    commandId: 'c',
    digest: 'd',
    outcome: { result: 'failure', code: 'CTI_ERROR', message: `${NUMBER} is busy` },
  }),
  event('SwitchRequested', {
    requestId: 'r',
    deadlineAt: 1,
    request: { type: 'Dial', target, destination: NUMBER },
  }),
  event('SwitchRequested', {
    requestId: 'r',
    deadlineAt: 1,
    request: { type: 'CreateSession', target, agent: { id: 'ann', extension: NUMBER } },
  }),
  event('SwitchRequested', {
    requestId: 'r',
    deadlineAt: 1,
    request: { type: 'MakeNotReady', target, reasonCode: '7', reasonName: NAME },
  }),
  event('SwitchAnswered', {
    requestId: 'r',
    answer: { ok: false, cause: 'refused', message: `no ${NUMBER}` },
  }),
  event('SwitchAnswered', {
    requestId: 'r',
    answer: {
      ok: true,
      reading: {
        of: 'interaction',
        state: 'ALERTING',
        data: { ANI: NUMBER, who: { name: NAME } },
        primary: 'v',
        consult: null,
      },
    },
  }),
  event('SwitchAnswered', {
    requestId: 'r',
    answer: {
      ok: true,
      reading: { of: 'conversation', state: 'RINGING', members: [{ number: NUMBER, name: NAME }] },
    },
  }),
  event('SwitchFactDeferred', { fact: { type: 'PartyAdded', target, number: NUMBER, name: NAME } }),
  event('SwitchFactDeferred', { fact: { type: 'PartyRemoved', target, number: NUMBER } }),
  event('SwitchFactDeferred', { fact: { type: 'ConversationFailed', target, reason: `${NUMBER} is wrong` } }),
  event('SwitchFactDeferred', {
    fact: { type: 'InteractionDataChanged', target, changes: { ANI: NUMBER, gone: null } },
  }),
  event('SwitchFactDeferred', { fact: { type: 'AgentNotReady', target, busy: false, reasonName: NAME } }),
  event('SwitchAnswered', {
    requestId: 'r',
    answer: {
      ok: true,
      reading: {
        of: 'channel',
        state: 'ACTIVE',
        agent: { status: 'not_ready', lastReasonCode: '7', lastReasonName: NAME },
        interactions: [],
      },
    },
  }),
  event('ChannelInfoChanged', {
    state: 'ACTIVE',
    agentStatus: { status: 'busy_not_ready', lastReasonCode: '7', lastReasonName: NAME },
    pending: { status: 'not_ready', reasonCode: '7', reasonName: NAME },
  }),
  event('AfterCallWorkBegan', {
    endsAt: 1,
    interaction: 'i',
    next: { status: 'not_ready', reasonCode: '7', reasonName: NAME },
  }),
  event('ConversationMemberAdded', { member: { number: NUMBER, name: NAME } }),
  event('ConversationMemberRenamed', { member: { number: NUMBER, name: NAME } }),
  event('ConversationMemberRemoved', { member: { number: NUMBER, name: NAME } }),
  event('ConversationFailed', { reason: `${NUMBER} is wrong` }),
  event('InteractionDataChanged', {
    interactionData: { ANI: NUMBER, who: { name: NAME } },
    changed: ['ANI'],
  }),
  event('InteractionPreviewed', { interactionData: { ANI: NUMBER } }),
  event('InteractionScreenPopped', { interactionData: { ANI: NUMBER } }),
];

const without = (data: unknown, path: readonly string[]): unknown => {
  const [first, ...rest] = path;
  if (first === undefined || typeof data !== 'object' || data === null) return data;
  const { [first]: inner, ...others } = data as Record<string, unknown>;
  return rest.length === 0 || inner === undefined ? others : { ...others, [first]: without(inner, rest) };
};

describe('what is personal in an event (K15)', () => {
  it.each(speaking.map((one) => [one.type, one] as const))(
    'leaves nothing of it in clear: %s',
    (type, given) => {
      const text = JSON.stringify(given.data);
      expect([NUMBER, DIGITS, NAME].some((word) => text.includes(word))).toBe(true);
      const clear = JSON.stringify(
        personalPaths(type).reduce((data, path) => without(data, path.split('.')), given.data as unknown),
      );
      expect(clear).not.toContain(DIGITS);
      expect(clear).not.toContain(NAME);
    },
  );

  it('is declared for these types and no others', () => {
    const declared = EVENT_TYPES.filter((type) => personalPaths(type).length > 0);
    expect(new Set(declared)).toEqual(new Set(speaking.map(({ type }) => type)));
  });
});

describe('whom an event speaks of', () => {
  it.each([
    ['+1 (202) 555-0123', ['+12025550123']],
    ['tel:5550100', ['5550100']],
    ['Jo@Example.org', ['jo@example.org']],
    ['sip:Jo@example.org', ['jo@example.org']],
    ['gold customer', []],
    ['12', []],
    ['', []],
  ])('reads %j as %j', (text, subjects) => {
    expect(subjectsOf(event('InteractionPreviewed', { interactionData: { key: text } }))).toEqual(subjects);
  });

  it('names each once, wherever it stands', () => {
    const interactionData = { ANI: NUMBER, again: { callback: NUMBER, mail: 'jo@example.org' } };
    expect(subjectsOf(event('InteractionDataChanged', { interactionData }))).toEqual([
      NUMBER,
      'jo@example.org',
    ]);
  });

  it('finds the number in every event that has one as such', () => {
    const silent = speaking.filter((one) => subjectsOf(one).length === 0).map(({ type }) => type);
    expect(new Set(silent)).toEqual(
      new Set([
        'SessionPrepared',
        'CommandAccepted',
        'CommandCompleted',
        'SwitchRequested',
        'SwitchAnswered',
        'SwitchFactDeferred',
        'ConversationFailed',
        'ConversationTransferFailed',
        'ConversationConferenceFailed',
        'InteractionDispositionSet',
        'AgentLegFailed',
        'ChannelInfoChanged',
        'AfterCallWorkBegan',
      ]),
    );
    expect(subjectsOf(event('SessionStarted', {}))).toEqual([]);
  });
});

describe('what an event is sealed under', () => {
  it('is its interaction, else what led to it', () => {
    expect(sealScope(event('ConversationFailed', { reason: '' }), 'cause')).toBe('i');
    expect(sealScope(event('SessionStarted', {}, { session: 's' }), 'cause')).toBe('cause');
  });
});
