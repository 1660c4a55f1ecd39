import { formatTarget } from '@cordboard/kernel';
import { knownChannel } from '../objects.ts';
import { type Draft } from '../session/draft.ts';
import { type SwitchRequest } from '../switch-request.ts';
import { type PendingStatus } from '../values.ts';
import { askedStatus, statusAgreed } from './after-call-work.ts';
import { isBusy, type KnownChannel } from './channel.ts';
import { tellChannel } from './channel-steps.ts';

type StatusRequest = Extract<SwitchRequest, { type: 'MakeReady' | 'MakeNotReady' }>;

const samePending = (one: PendingStatus | undefined, other: PendingStatus): boolean =>
  one?.status === other.status && one.reasonCode === other.reasonCode && one.reasonName === other.reasonName;

const tellPending = (draft: Draft, channel: KnownChannel, pending: PendingStatus): void => {
  if (samePending(channel.pending, pending)) return;
  tellChannel(draft, { ...channel, pending }, channel.state, channel.agent);
};

/** The switch has agreed to what the agent asked for; while the agent is busy it is shown as pending. */
export const followStatus = (draft: Draft, request: StatusRequest): void => {
  const channel = knownChannel(draft.state(), formatTarget(request.target));
  if (channel?.state !== 'ACTIVE' || draft.state().phase === 'LOGGING_OUT') return;
  const asked = askedStatus(request);
  statusAgreed(draft, channel, asked);
  if (isBusy(channel.agent)) tellPending(draft, channel, asked);
};
