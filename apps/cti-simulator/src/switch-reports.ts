import { type AdapterReport } from '@cordboard/adapter-sdk';
import { type SwitchEvent, type SwitchState } from '@cordboard/switch-sim';
import { channelAt, conversationAt, interactionAt } from './native-ids.ts';

type Telling = {
  readonly [Type in SwitchEvent['type']]?: (
    report: AdapterReport,
    state: SwitchState,
    event: Extract<SwitchEvent, { readonly type: Type }>,
  ) => void;
};

const ofChannels: Telling = {
  ChannelActivated: (report, state, event) => report.channelActivated(channelAt(state, event)),
  ChannelDeactivated: (report, state, event) => report.channelDeactivated(channelAt(state, event)),
  ChannelTaken: (report, state, event) => report.channelUnavailable(channelAt(state, event)),
  ChannelFreed: (report, state, event) => report.channelAvailable(channelAt(state, event)),
  ChannelJoined: (report, _, { agent, group, channel, added }) =>
    report.channelJoined({ agent, group }, { endPoint: channel, type: added.type }),
  // Who asked for the removal knows of it.
  ChannelVanished: (report, _, { agent, group, channel, byPhone }) => {
    if (byPhone) report.channelDisposed({ agent, group: group ?? undefined, channel });
  },
  AgentReady: (report, state, event) => report.ready(channelAt(state, event), event.busy),
  AgentNotReady: (report, state, event) => {
    const { reasonCode, reasonName, busy } = event;
    const reason = { code: reasonCode || undefined, name: reasonName || undefined };
    report.notReady(channelAt(state, event), reason, busy);
  },
  AgentLoggedOut: (report, _, { agent, byPhone }) => {
    if (byPhone) report.sessionEnded({ agent }, 'logged out at the phone');
  },
  AgentLegChanged: (report, _, { agent, to }) => report.agentLeg({ agent }, to),
  AgentLegFailed: (report, _, { agent, reason }) => report.agentLeg({ agent }, 'failed', reason),
};

const ofInteractions: Telling = {
  WorkOffered: (report, state, event) => report.interactionOffered(channelAt(state, event), event.work),
  WorkAlerting: (report, state, event) => report.interactionAlerting(interactionAt(state, event)),
  WorkStarted: (report, state, event) => report.interactionStarted(interactionAt(state, event)),
  WorkEnded: (report, state, event) => report.interactionEnded(interactionAt(state, event)),
  DataChanged: (report, state, event) => report.dataChanged(interactionAt(state, event), event.changes),
  ConsultOffered: (report, state, event) => {
    if (event.byPhone) report.consultOffered(interactionAt(state, event), event.leg);
  },
};

const ofConversations: Telling = {
  LegRinging: (report, state, event) => report.ringing(conversationAt(state, event)),
  LegDialing: (report, state, event) => report.dialing(conversationAt(state, event)),
  LegStarted: (report, state, event) => report.started(conversationAt(state, event)),
  LegTalking: (report, state, event) => report.talking(conversationAt(state, event)),
  LegHeld: (report, state, event) => report.held(conversationAt(state, event)),
  LegMuted: (report, state, event) => report.muted(conversationAt(state, event)),
  PartyAdded: (report, state, event) => report.partyAdded(conversationAt(state, event), event.party),
  PartyRemoved: (report, state, event) => report.partyRemoved(conversationAt(state, event), event.number),
  LegBusy: (report, state, event) => report.busy(conversationAt(state, event)),
  LegFailed: (report, state, event) => report.failed(conversationAt(state, event), event.reason),
  TransferFailed: (report, state, event) => report.transferFailed(conversationAt(state, event), event.reason),
  ConferenceFailed: (report, state, event) =>
    report.conferenceFailed(conversationAt(state, event), event.reason),
  LegEnded: (report, state, event) => report.ended(conversationAt(state, event)),
};

/** What the bridge hears of each event of the switch; the others are the switch's own business. */
const tellings: Telling = { ...ofChannels, ...ofInteractions, ...ofConversations };

/** Tells the bridge what happened in the switch; `state` is the one just after it. */
export const reportEvent = (report: AdapterReport, state: SwitchState, event: SwitchEvent): void => {
  const tell = tellings[event.type] as
    ((report: AdapterReport, state: SwitchState, event: SwitchEvent) => void) | undefined;
  tell?.(report, state, event);
};
