import { type Adapter, type House, type SessionEvent } from '@cordboard/domain';
import { ADAPTER, FULL_ADAPTER, type SessionScenario } from './session-scenario.ts';
import { type SwitchWorld } from './switch-world.ts';
import { pick } from './walk-answers.ts';

const label = { language: 'en', country: 'US', name: 'Lunch', description: '' };

/** A house with something of each kind; the walk's interactions name its queue. */
export const WALK_HOUSE: Partial<House> = {
  directory: [{ name: 'Front desk', destination: '5550199' }],
  notReadyReasons: [
    { reasonCodeId: '7', reasonCodeCode: 'LUNCH', selectable: true, extensions: [], labels: [label] },
  ],
  logoutReasons: [{ logoutReasonId: '1', logoutReasonCode: 'HOME', extensions: [], labels: [label] }],
  dispositions: [{ dispositionId: '1', dispositionCode: 'SOLD', extensions: [], labels: [label] }],
  queues: { 7001: { wrapUpMs: 30_000, dispositionRequired: true } },
};

const LACKING: Adapter = {
  instance: 'sim-1',
  capabilities: { 'channel-activation-supported': false, 'channel-groups-supported': false },
};
const ADAPTERS: readonly Adapter[] = [FULL_ADAPTER, ADAPTER, FULL_ADAPTER, LACKING];

type Opening = (s: SessionScenario) => readonly SessionEvent[];

const READY = { status: 'ready', lastReasonCode: '', lastReasonName: '' } as const;
const active = (agent: typeof READY | null) => ({ state: 'ACTIVE', agent, interactions: [] }) as const;

/** Two groups and two stand-alone channels, some of them active, on some of which the agent is ready. */
const OFFICE: SwitchWorld = {
  groups: [
    { nativeId: 'g', name: 'TEAM' },
    { nativeId: 'g1', name: 'BACKOFFICE' },
  ],
  channels: {
    g: [
      { nativeId: '1001', channelType: 'TELEPHONY' },
      { nativeId: 'chat', channelType: 'CHAT' },
    ],
    g1: [{ nativeId: 'mail', channelType: 'EMAIL' }],
  },
  alone: [
    { nativeId: 'desk', channelType: 'TELEPHONY' },
    { nativeId: 'fax', channelType: 'FAX' },
  ],
  channel: { 1001: active(READY), mail: active(null), desk: active(READY), fax: active(null) },
};

const openOffice: Opening = (s) => {
  s.world(OFFICE);
  return s.answerAll();
};

/** Some of the walks begin with a call that is up already, or they would seldom come that far. */
const openWithCall =
  (consult: string | null): Opening =>
  (s) => {
    s.world({
      interaction: { i0: { state: 'STARTED', data: { QUEUE: '7001' }, primary: 'v1', consult } },
      conversation: {
        v1: { state: consult === null ? 'TALKING' : 'HELD', members: [{ number: '5550100' }] },
        v2: { state: 'TALKING', members: [{ number: '5550199' }] },
      },
    });
    return [...s.answerAll(), ...s.offer('i0')];
  };

/** The call is over, and what its queue asks for has begun. */
const openAfterCall: Opening = (s) => {
  const opened = openWithCall(null)(s);
  const ended = s.fact({ type: 'ConversationEnded', target: s.conversation() });
  return [...opened, ...ended, ...s.answerAll()];
};

const openOfficeWithCall: Opening = (s) => {
  s.world(OFFICE);
  return openWithCall(null)(s);
};

const openRinging: Opening = (s) => {
  s.world({
    interaction: { i0: { state: 'ALERTING', data: { QUEUE: '7001' }, primary: 'v1', consult: null } },
    conversation: { v1: { state: 'RINGING', members: [{ number: '5550100' }] } },
  });
  return [...s.answerAll(), ...s.offer('i0')];
};

const OPENINGS: readonly Opening[] = [
  () => [],
  openOffice,
  openOfficeWithCall,
  openWithCall(null),
  openWithCall('v2'),
  openWithCall('v2'),
  openRinging,
  openAfterCall,
];

/** A prepared and bound session, its start asked for or already over, under a policy that is drawn. */
export const beginWalk = (s: SessionScenario, policy: number): readonly SessionEvent[] => {
  const whenLapsed = pick(['keep', 'not-ready', 'log-out'] as const, policy);
  s.house(policy % 2 === 0 ? WALK_HOUSE : {});
  s.prepare({ resumeMs: 60_000, whenLapsed, unboundMs: 300_000 });
  s.bind();
  s.send({ type: 'StartSession', target: s.target }, pick(ADAPTERS, policy));
  return pick(OPENINGS, Math.floor(policy / 12))(s);
};
