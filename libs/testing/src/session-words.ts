import { type SessionEvent } from '@cordboard/domain';

const word = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `state:STARTED>ENDED`, `gone`, `+v2` for a child that joins. */
const differences = ({
  before,
  after,
  joined = [],
}: Extract<SessionEvent, { type: 'Reconciled' }>['data']): readonly string[] => [
  ...Object.entries(before ?? {}).map(
    ([key, value]) => `${key}:${word(value)}${after === null ? '' : `>${word(after[key])}`}`,
  ),
  ...(after === null ? ['gone'] : []),
  ...joined.map(({ nativeId }) => `+${nativeId}`),
];

const shorten = (event: SessionEvent): readonly (string | null | undefined)[] => {
  switch (event.type) {
    case 'ChannelGroupStateUpdated':
    case 'ChannelStateUpdated':
    case 'InteractionStateUpdated':
    case 'ConversationStateUpdated':
      return [event.data.state];
    case 'ChannelInfoChanged':
      return [
        event.data.state,
        event.data.agentStatus.status,
        event.data.agentStatus.lastReasonCode,
        event.data.pending && `pending ${event.data.pending.status}`,
        event.data.afterCallWorkEndsAt === undefined ? '' : 'timed',
      ];
    case 'InteractionCreated':
      return [event.data.interaction.direction];
    case 'InteractionFocusChanged':
      return [event.data.conversation === null ? 'null' : ''];
    case 'ConversationCreated':
      return [event.data.conversation.role];
    case 'ConversationMemberAdded':
    case 'ConversationMemberRemoved':
    case 'ConversationMemberRenamed':
      return [event.data.member.number];
    case 'ConversationFailed':
    case 'ConversationTransferFailed':
    case 'ConversationConferenceFailed':
      return [event.data.reason];
    case 'CommandCompleted': {
      const { outcome } = event.data;
      return [outcome.result === 'failure' ? outcome.code : outcome.result];
    }
    case 'SwitchFactDeferred':
      return [event.data.fact.type];
    case 'AdapterLost':
      return [event.data.reason];
    case 'ReconcileEnded':
      return [event.data.outcome];
    case 'Reconciled':
      return differences(event.data);
    case 'AfterCallWorkEnded':
    case 'ClientUnbound':
    case 'SessionClosed':
      return [event.data.reason];
    default:
      return [];
  }
};

/**
 * An event in a few words, for tables: `ChannelStateUpdated ACTIVE`. A request to the switch is `> Dial`, its
 * answer `<`, an event that the agent is not shown begins with `~`.
 */
export const inWords = (event: SessionEvent): string => {
  if (event.type === 'SwitchRequested') return `> ${event.data.request.type}`;
  if (event.type === 'SwitchAnswered') return event.data.answer.ok ? '<' : `< ${event.data.answer.cause}`;
  const words = [event.type, ...shorten(event)].filter((word) => word !== undefined && word !== '');
  return `${event.silent === true ? '~' : ''}${words.join(' ')}`;
};
