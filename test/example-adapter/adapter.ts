import {
  type AdapterHandlers,
  type AdapterReport,
  type Answer,
  type ChannelAddress,
  type ConversationAddress,
  err,
  ok,
} from '@cordboard/adapter-sdk';
import {
  type Call,
  type CallNotice,
  type Done,
  type LittleSwitch,
  type Phone,
  type PhoneNotice,
} from './little-switch.ts';

// region: ids
/** The phone system has no groups, so all phones are in one of ours. A phone has one line: its number names it. */
const GROUP = 'TEAM';

const channelAt = (number: string): ChannelAddress => ({ agent: number, group: GROUP, channel: number });

/** A call has one leg here, so both have its id. */
const conversationAt = ({ id, phone }: Call): ConversationAddress => ({
  ...channelAt(phone),
  interaction: id,
  conversation: id,
});

// region: ask
/** Asks the phone system: its callback settles the answer. The words of a refusal are shown to the agent. */
const ask = (act: (done: Done) => void): Answer =>
  new Promise((resolve) => act((problem) => resolve(problem === null ? ok(undefined) : err(problem))));

// region: capabilities
/** What the phone system cannot do is refused before anybody asks us; without these keys it would be asked. */
const MEDIA = ['chat', 'email', 'callback', 'dtmf', 'interaction-data'];
const MORE_PARTIES = ['consult', 'blind-transfer', 'blind-conference', 'remove-party', 'channel-groups'];
const lacking = [...MEDIA, ...MORE_PARTIES].map((what) => [`${what}-supported`, false] as const);

// region: states
/** A call's state in the words of the bridge: of the interaction, of its conversation, and the report of it. */
const STATES = {
  ringing: { interaction: 'ALERTING', conversation: 'RINGING', report: 'ringing' },
  calling: { interaction: 'DIALING', conversation: 'DIALING', report: 'dialing' },
  talking: { interaction: 'STARTED', conversation: 'TALKING', report: 'talking' },
  held: { interaction: 'STARTED', conversation: 'HELD', report: 'held' },
  muted: { interaction: 'STARTED', conversation: 'MUTE', report: 'muted' },
  over: { interaction: 'ENDED', conversation: 'RELEASED', report: 'ended' },
} as const;

const availability = ({ mode, reason }: Phone) => {
  const closed = reason === 'acw' ? 'after_call_work' : 'not_ready';
  return { status: mode === 'open' ? 'ready' : closed, reasonCode: reason || undefined } as const;
};

// region: requests
/** Does something to a call, unless it is there already: then there is nothing to do (hold what is held). */
const bring =
  (phones: LittleSwitch, state: Call['state'], act: (id: string, done: Done) => void) =>
  ({ interaction: id }: { readonly interaction: string }): Answer =>
    phones.call(id)?.state === state ? ok(undefined) : ask((done) => act(id, done));

/** What agents ask for. `ok` means that the phone system has taken it; what comes of it is reported. */
const requests = (phones: LittleSwitch) =>
  ({
    activate: ({ channel }) => ask((done) => phones.switchOn(channel, done)),
    deactivate: ({ channel }) => ask((done) => phones.switchOff(channel, done)),
    ready: ({ channel }) => ask((done) => phones.open(channel, done)),
    notReady: ({ channel }, { code }) => ask((done) => phones.close(channel, code, done)),
    dial: ({ channel }, destination) => ask((done) => phones.dial(channel, destination, done)),
    accept: bring(phones, 'talking', phones.pickUp),
    reject: bring(phones, 'over', phones.hangUp),
    release: bring(phones, 'over', phones.hangUp),
    hold: bring(phones, 'held', phones.hold),
    retrieve: bring(phones, 'talking', phones.takeBack),
    mute: bring(phones, 'muted', phones.mute),
    unmute: bring(phones, 'talking', phones.takeBack),
    complete: ({ interaction: id }) =>
      phones.call(id) === undefined ? ok(undefined) : ask((done) => phones.wrapUp(id, done)),
  }) satisfies Partial<AdapterHandlers>;

// region: readings
const look = <Thing, Reading>(thing: Thing | undefined, read: (thing: Thing) => Reading) =>
  thing === undefined ? err('the phone system does not know it') : ok(read(thing));

/** How things are now: asked for each object once it is registered, and again after every interruption. */
const readings = (phones: LittleSwitch) =>
  ({
    readSession: () => ok({ groups: [{ id: GROUP }] }),
    readGroup: ({ agent }) => ok({ channels: [{ endPoint: agent, type: 'TELEPHONY' }] }),
    readChannel: ({ channel }) =>
      look(phones.phone(channel), (phone) => ({
        state: phone.mode === 'off' ? 'INACTIVE' : 'ACTIVE',
        agent: availability(phone),
        interactions: phones.callsOf(channel).map(({ id }) => id),
      })),
    readInteraction: ({ interaction }) =>
      look(phones.call(interaction), ({ id, phone, other, dialled, state }) => ({
        state: STATES[state].interaction,
        data: dialled ? { ANI: phone, DNIS: other.number } : { ANI: other.number, DNIS: phone },
        conversations: state === 'over' ? {} : { primary: id },
      })),
    readConversation: ({ conversation }) =>
      look(phones.call(conversation), ({ state, other }) => ({
        state: STATES[state].conversation,
        parties: [other],
      })),
  }) satisfies Partial<AdapterHandlers>;

// region: handlers
/** The phone system behind the bridge. */
export const littleHandlers = (phones: LittleSwitch): AdapterHandlers => ({
  capabilities: () => Object.fromEntries(lacking),
  validateAgent: ({ id, password }) =>
    phones.phone(id)?.pin === password ? ok(undefined) : err('number or PIN is wrong'),
  agentInfo: ({ id }) => look(phones.phone(id), ({ name }) => ({ id, name, extension: id })),
  createSession: ({ id }) => look(phones.phone(id), () => ({ nativeId: id })),
  logOut: ({ agent }) => ask((done) => phones.switchOff(agent, done)),
  ...readings(phones),
  ...requests(phones),
  disposed: ({ interaction: id = '', conversation }) => {
    if (conversation === undefined && phones.call(id)?.state === 'over') phones.wrapUp(id, () => undefined);
  },
});

// region: reports
const reportPhone = (report: AdapterReport, { phone, was }: PhoneNotice): void => {
  const at = channelAt(phone.number);
  if (phone.mode === 'off') return report.channelDeactivated(at);
  if (was === 'off') report.channelActivated(at);
  if (phone.mode === 'open') report.ready(at, phone.inUse);
  else report.notReady(at, { code: phone.reason || undefined }, phone.inUse);
};

const reportCall = (report: AdapterReport, { call, was }: CallNotice): void => {
  const at = conversationAt(call);
  const isAnswered = call.state === 'talking' && (was === 'ringing' || was === 'calling');
  if (was === null) report.interactionOffered(channelAt(call.phone), call.id);
  if (isAnswered) report.started(at);
  report[STATES[call.state].report](at);
  if (isAnswered) report.partyAdded(at, call.other);
};

/** Passes on what the phone system tells, in the order in which it tells it. */
export const reportNotices = (phones: LittleSwitch, report: AdapterReport): void =>
  phones.onNotice((notice) => ('phone' in notice ? reportPhone(report, notice) : reportCall(report, notice)));
