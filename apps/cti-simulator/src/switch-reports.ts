import { type AdapterReport } from '@cordboard/adapter-sdk';
import { type SwitchEvent } from '@cordboard/switch-sim';
import { channelOf, conversationAt } from './native-ids.ts';

type Telling = {
  readonly [Type in SwitchEvent['type']]?: (
    report: AdapterReport,
    event: Extract<SwitchEvent, { readonly type: Type }>,
  ) => void;
};

/** What the bridge hears of each event of the switch; the others are the switch's own business. */
const tellings: Telling = {
  ChannelActivated: (report, { agent }) => report.channelActivated(channelOf(agent)),
  ChannelDeactivated: (report, { agent }) => report.channelDeactivated(channelOf(agent)),
  AgentReady: (report, { agent, busy }) => report.ready(channelOf(agent), busy),
  AgentNotReady: (report, { agent, busy, reasonCode, reasonName }) =>
    report.notReady(channelOf(agent), { code: reasonCode || undefined, name: reasonName || undefined }, busy),
  LegOffered: (report, { agent, leg }) => report.interactionOffered(channelOf(agent), leg),
  LegRinging: (report, { agent, leg }) => report.ringing(conversationAt(agent, leg)),
  LegDialing: (report, { agent, leg }) => report.dialing(conversationAt(agent, leg)),
  LegStarted: (report, { agent, leg }) => report.started(conversationAt(agent, leg)),
  LegTalking: (report, { agent, leg }) => report.talking(conversationAt(agent, leg)),
  LegHeld: (report, { agent, leg }) => report.held(conversationAt(agent, leg)),
  LegMuted: (report, { agent, leg }) => report.muted(conversationAt(agent, leg)),
  PartyAdded: (report, { agent, leg, party }) => report.partyAdded(conversationAt(agent, leg), party),
  LegBusy: (report, { agent, leg }) => report.busy(conversationAt(agent, leg)),
  LegFailed: (report, { agent, leg, reason }) => report.failed(conversationAt(agent, leg), reason),
  LegEnded: (report, { agent, leg }) => report.ended(conversationAt(agent, leg)),
};

/** Tells the bridge what happened in the switch. */
export const reportEvent = (report: AdapterReport, event: SwitchEvent): void => {
  const tell = tellings[event.type] as ((report: AdapterReport, event: SwitchEvent) => void) | undefined;
  tell?.(report, event);
};
