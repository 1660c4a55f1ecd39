import { MESSAGES } from '@cordboard/cti-protocol';
import { type SwitchFact } from '@cordboard/domain';
import fc from 'fast-check';
import { formatTarget, type JsonObject, type Result, type Target } from '@cordboard/kernel';
import { factFromCti } from './fact-from-cti.ts';

const session: Target = { session: '0198f2c4-7a10-7abc-8def-0123456789ab' };
const group: Target = { ...session, channelgroup: 'g' };
const channel: Target = { ...group, channel: 'c' };
const interaction: Target = { ...channel, interaction: 'i' };
const conversation: Target = { ...interaction, conversation: 'v' };
const TARGETS = { session, channelgroup: group, channel, interaction, conversation };

const report = (
  name: string,
  target: Target,
  body: JsonObject = {},
): Result<SwitchFact, { reason: string }> =>
  factFromCti({ header: { type: 'cti.event', name, target: formatTarget(target) }, body }, target);

type Fact = SwitchFact extends infer One ? (One extends SwitchFact ? Omit<One, 'target'> : never) : never;

const UNEXPLAINED = 'The phone system gave no reason.';

const FACTS: readonly (readonly [name: string, Target, JsonObject, Fact])[] = [
  ['session.ended', session, {}, { type: 'SessionEnded' }],
  ['session.ended', session, { reason: 'Shift over' }, { type: 'SessionEnded', reason: 'Shift over' }],
  [
    'session.addressbook',
    session,
    { addressbooks: [{ name: 'Team', groups: [], entries: [] }] },
    { type: 'AddressBookChanged', addressBooks: [{ name: 'Team', groups: [], entries: [] }] },
  ],
  ['session.agentleg', session, { state: 'connected' }, { type: 'AgentLegChanged', state: 'connected' }],
  [
    'session.agentleg',
    session,
    { state: 'failed', error: 'No line' },
    { type: 'AgentLegChanged', state: 'failed', error: 'No line' },
  ],
  [
    'channelgroup.channel',
    group,
    { nativeid: '1001-chat', type: 'Chat' },
    { type: 'ChannelJoined', nativeId: '1001-chat', channelType: 'CHAT' },
  ],
  ['channel.activated', channel, {}, { type: 'ChannelActivated' }],
  ['channel.deactivated', channel, {}, { type: 'ChannelDeactivated' }],
  ['channel.unavailable', channel, {}, { type: 'ChannelUnavailable' }],
  ['channel.available', channel, {}, { type: 'ChannelAvailable' }],
  ['channel.disposed', channel, {}, { type: 'ChannelVanished' }],
  ['channel.ready', channel, {}, { type: 'AgentReady', busy: false }],
  ['channel.ready', channel, { busy: true }, { type: 'AgentReady', busy: true }],
  ['channel.notready', channel, {}, { type: 'AgentNotReady', busy: false }],
  [
    'channel.notready',
    channel,
    { reasoncode: 'acw', reasondesc: 'After call', busy: true },
    { type: 'AgentNotReady', busy: true, reasonCode: 'acw', reasonName: 'After call' },
  ],
  ['channel.interaction', channel, { nativeid: 'nI' }, { type: 'InteractionOffered', nativeId: 'nI' }],
  ['interaction.alerting', interaction, {}, { type: 'InteractionAlerting' }],
  ['interaction.started', interaction, {}, { type: 'InteractionStarted' }],
  ['interaction.ended', interaction, {}, { type: 'InteractionEnded' }],
  ['interaction.completed', interaction, {}, { type: 'InteractionCompleted' }],
  [
    'interaction.datachanged',
    interaction,
    { 'interaction-data': { a: 'b', gone: null, n: 4, o: { p: false, q: null } } },
    { type: 'InteractionDataChanged', changes: { a: 'b', gone: null, n: '4', o: { p: 'false', q: '' } } },
  ],
  ['interaction.consult', interaction, { nativeid: 'nV2' }, { type: 'ConsultOffered', nativeId: 'nV2' }],
  ['conversation.ringing', conversation, {}, { type: 'ConversationRinging' }],
  ['conversation.dialing', conversation, {}, { type: 'ConversationDialing' }],
  ['conversation.started', conversation, {}, { type: 'ConversationStarted' }],
  ['conversation.talking', conversation, {}, { type: 'ConversationTalking' }],
  ['conversation.held', conversation, {}, { type: 'ConversationHeld' }],
  ['conversation.mute', conversation, {}, { type: 'ConversationMuted' }],
  ['conversation.busy', conversation, {}, { type: 'ConversationBusy' }],
  [
    'conversation.failed',
    conversation,
    { reason: 'No line' },
    { type: 'ConversationFailed', reason: 'No line' },
  ],
  ['conversation.failed', conversation, {}, { type: 'ConversationFailed', reason: UNEXPLAINED }],
  [
    'conversation.failed',
    conversation,
    { reason: null },
    { type: 'ConversationFailed', reason: UNEXPLAINED },
  ],
  [
    'conversation.transfer.failed',
    conversation,
    { reason: 'Busy' },
    { type: 'TransferFailed', reason: 'Busy' },
  ],
  ['conversation.conference.failed', conversation, {}, { type: 'ConferenceFailed', reason: UNEXPLAINED }],
  ['conversation.ended', conversation, {}, { type: 'ConversationEnded' }],
  [
    'conversation.partyadded',
    conversation,
    { number: '1', name: 'A' },
    { type: 'PartyAdded', number: '1', name: 'A' },
  ],
  ['conversation.partyadded', conversation, { number: '1', name: '' }, { type: 'PartyAdded', number: '1' }],
  ['conversation.partyadded', conversation, { number: '' }, { type: 'PartyAdded', number: '' }],
  ['conversation.partyremoved', conversation, { number: '1' }, { type: 'PartyRemoved', number: '1' }],
];

describe('an event of the switch', () => {
  it.each(FACTS)('%s of %j with %j', (name, target, body, fact) => {
    expect(report(name, target, body)).toEqual({ ok: true, value: { ...fact, target } });
  });

  it('of a stand-alone channel is a fact too', () => {
    expect(report('channel.activated', { ...session, channel: 'c' }).ok).toBe(true);
  });

  it('is a fact or belongs to the control target', () => {
    const events = MESSAGES.filter(({ kind, level }) => kind === 'event' && level !== 'control').map(
      ({ name }) => name,
    );
    expect([...new Set(FACTS.map(([name]) => name))].sort()).toEqual([...events].sort());
  });

  it.each<[string, Target, JsonObject, RegExp]>([
    ['conversation.sung', conversation, {}, /no event/],
    ['channel.request.ready', channel, {}, /no event/],
    ['cti.status', channel, { status: 'STARTED' }, /not about/],
    ['conversation.held', interaction, {}, /not about a interaction/],
    ['channel.interaction', channel, {}, /nativeid/],
    ['channel.ready', channel, { busy: 'yes' }, /busy/],
    ['conversation.failed', conversation, { reason: 5 }, /reason/],
    ['session.agentleg', session, { state: 'lost' }, /state/],
    ['session.addressbook', session, {}, /addressbooks/],
    ['conversation.partyadded', conversation, { number: 5 }, /number/],
    ['interaction.datachanged', interaction, { 'interaction-data': [] }, /interaction-data/],
  ])('%s of %j with %j is unusable', (name, target, body, reason) => {
    const refused = report(name, target, body);
    expect(!refused.ok && refused.error.reason).toMatch(reason);
  });

  it('must name the object that it was sent to', () => {
    const message = {
      header: { type: 'cti.event', name: 'conversation.held', target: 'other' },
      body: {},
    } as const;
    expect(factFromCti(message, conversation)).toEqual({
      ok: false,
      error: { reason: 'other is not where it was sent' },
    });
  });

  it('never raises', () => {
    const rows = fc.constantFrom(...MESSAGES);
    const keys = fc.constantFrom('nativeid', 'reason', 'busy', 'number', 'name', 'interaction-data');
    fc.assert(
      fc.property(rows, fc.dictionary(keys, fc.jsonValue()), ({ name, level }, body) => {
        const target = level === 'control' ? session : TARGETS[level];
        expect(typeof report(name, target, body as JsonObject).ok).toBe('boolean');
      }),
    );
  });
});
