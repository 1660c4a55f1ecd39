import { type SurveyPlan, type SwitchReading, type SwitchRequestType } from '@cordboard/domain';

type Reading<Of extends SwitchReading['of']> = Omit<Extract<SwitchReading, { of: Of }>, 'of'>;
/** What the switch knows, by native id; what a reading asks for is looked up here. */
export interface SwitchWorld {
  readonly groups?: Reading<'session'>['groups'];
  readonly channels?: Readonly<Record<string, Reading<'channelgroup'>['channels']>>;
  readonly channel?: Readonly<Record<string, Reading<'channel'>>>;
  readonly interaction?: Readonly<Record<string, Reading<'interaction'>>>;
  readonly conversation?: Readonly<Record<string, Reading<'conversation'>>>;
  /** Stand-alone channels that the session starts with. */
  readonly alone?: Reading<'session'>['channels'];
  /** What requests of these types are answered. */
  readonly lists?: Readonly<Partial<Record<SwitchRequestType, SwitchReading>>>;
  /** Native id of the next consult leg; null: named by a fact only. */
  readonly consult?: string | null;
}

/** One group with one telephony channel on which the agent is ready. */
export const ONE_CHANNEL: SwitchWorld = {
  groups: [{ nativeId: 'g' }],
  channels: { g: [{ nativeId: '1001', channelType: 'TELEPHONY' }] },
  channel: {
    1001: {
      state: 'ACTIVE',
      agent: { status: 'ready', lastReasonCode: '', lastReasonName: '' },
      interactions: [],
    },
  },
};

/** A group with a telephony, a chat and an e-mail channel, and a stand-alone one; the agent is ready on all. */
export const MANY_CHANNELS: SwitchWorld = {
  groups: [{ nativeId: 'g', name: 'TEAM' }],
  channels: {
    g: [
      { nativeId: '1001', channelType: 'TELEPHONY' },
      { nativeId: 'chat', channelType: 'CHAT' },
      { nativeId: 'mail', channelType: 'EMAIL' },
    ],
  },
  alone: [{ nativeId: 'desk', channelType: 'TELEPHONY' }],
  channel: Object.fromEntries(
    ['1001', 'chat', 'mail', 'desk'].map((nativeId) => [
      nativeId,
      {
        state: 'ACTIVE',
        agent: { status: 'ready', lastReasonCode: '', lastReasonName: '' },
        interactions: [],
      },
    ]),
  ),
};

/** One group with one telephony channel on which the agent is ready, and a call that rings there. */
export const INBOUND_CALL: SwitchWorld = {
  ...ONE_CHANNEL,
  interaction: { i: { state: 'ALERTING', data: { ANI: '5550100' }, primary: 'v', consult: null } },
  conversation: { v: { state: 'RINGING', members: [{ number: '5550100', name: 'Customer' }] } },
};

/** The same with a call that the agent has dialled. */
export const OUTBOUND_CALL: SwitchWorld = {
  ...ONE_CHANNEL,
  interaction: { i: { state: 'DIALING', data: {}, primary: 'v', consult: null } },
  conversation: { v: { state: 'DIALING', members: [{ number: '5550199' }] } },
};

/** What the world says to a request of this type about the object with that native id. */
export const readWorld = (known: SwitchWorld, type: SwitchRequestType, nativeId: string): SwitchReading => {
  switch (type) {
    case 'ReadSession':
      return { of: 'session', groups: known.groups ?? [], channels: known.alone ?? [] };
    case 'ReadChannelGroup':
      return { of: 'channelgroup', channels: known.channels?.[nativeId] ?? [] };
    case 'ReadChannel':
      return {
        of: 'channel',
        ...(known.channel?.[nativeId] ?? { state: 'INACTIVE', agent: null, interactions: [] }),
      };
    case 'ReadInteraction':
      return {
        of: 'interaction',
        ...(known.interaction?.[nativeId] ?? { state: 'ALERTING', data: {}, primary: null, consult: null }),
      };
    case 'ReadConversation':
      return {
        of: 'conversation',
        ...(known.conversation?.[nativeId] ?? { state: 'RINGING', members: [] }),
      };
    case 'Consult':
      return { of: 'consult', nativeId: known.consult === undefined ? 'v2' : known.consult };
    default:
      return known.lists?.[type] ?? { of: 'none' };
  }
};

const isThere = (known: SwitchWorld, type: SwitchRequestType, nativeId: string): boolean => {
  switch (type) {
    case 'ReadChannelGroup':
      return Object.hasOwn(known.channels ?? {}, nativeId);
    case 'ReadInteraction':
      return Object.hasOwn(known.interaction ?? {}, nativeId);
    case 'ReadConversation':
      return Object.hasOwn(known.conversation ?? {}, nativeId);
    default:
      return true;
  }
};

/** What the world says to somebody who looks for that object; null when it is not there. */
export const surveyWorld = (known: SwitchWorld, { nativeId, read }: SurveyPlan): SwitchReading | null =>
  isThere(known, read.type, nativeId) ? readWorld(known, read.type, nativeId) : null;
