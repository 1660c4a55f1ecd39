import { formatTarget } from '@cordboard/kernel';
import { isReady, isSupported, type KnownChannel } from '../channel/channel.ts';
import { knownChannel, knownGroup } from '../objects.ts';
import { isKnown } from '../placed.ts';
import { type Rejection } from '../rejection.ts';
import { type SwitchRequest } from '../switch-request.ts';
import { canActivate } from './capabilities.ts';
import { complete, SUCCESS } from './commands-under-way.ts';
import { ask, type Draft } from './draft.ts';
import { refuse } from './refusal-session.ts';
import { isWorkedOn } from './refusal-tree.ts';
import { stepKey } from './request-state.ts';
import { type SessionState } from './session-state.ts';
import { isGrowing, isSweep, type PendingSweep, sweptPath } from './sweeping.ts';
import { tearDownChannel, tearDownGroup } from './tear-down.ts';

type Step = Extract<SwitchRequest, { type: 'ActivateChannel' | 'DeactivateChannel' | 'MakeNotReady' }>;

const channelsOf = (state: SessionState, pending: PendingSweep): readonly KnownChannel[] => {
  const root = sweptPath(pending);
  return state.channels
    .filter((channel) => isKnown(channel))
    .filter(({ path, parent, stage }) => (path === root || parent === root) && stage !== 'DISPOSING');
};

/** What is left to ask about one channel as it stands. */
const stepsOn = (state: SessionState, { command }: PendingSweep, channel: KnownChannel): readonly Step[] => {
  const { target } = channel;
  if (!isSupported(channel)) return [];
  if (command.type === 'ActivateAll') {
    const queue = command.options.find(({ id }) => id === target.channel)?.queue;
    return channel.state === 'ACTIVE' ? [] : [{ type: 'ActivateChannel', target, queue }];
  }
  if (channel.state !== 'ACTIVE') return [];
  return [
    ...(isReady(channel) ? [{ type: 'MakeNotReady', target, reasonCode: 'logout' } as const] : []),
    ...(canActivate(state) ? [{ type: 'DeactivateChannel', target } as const] : []),
  ];
};

const nextOf = (state: SessionState, pending: PendingSweep): Step | undefined =>
  channelsOf(state, pending)
    .flatMap((channel) => stepsOn(state, pending, channel))
    .find((step) => pending.sweep?.done.includes(stepKey(step)) !== true);

/** The channel follows what the switch has answered, or will not: other channels do not wait for it for ever. */
const awaits = (draft: Draft, { sweep }: PendingSweep): boolean => {
  const awaited = sweep?.awaited ?? null;
  if (awaited === null || awaited.until <= draft.at) return false;
  const channel = knownChannel(draft.state(), awaited.path);
  if (channel === undefined) return false;
  if (awaited.type === 'MakeNotReady') return isReady(channel);
  return channel.state === (awaited.type === 'ActivateChannel' ? 'INACTIVE' : 'ACTIVE');
};

const refuseStep = (state: SessionState, pending: PendingSweep, next: Step | undefined): Rejection | null => {
  const activates = pending.command.type === 'ActivateAll';
  const paths = [pending.sweep?.awaited?.path, next && formatTarget(next.target)];
  if (activates && paths.some((path) => knownChannel(state, path ?? '')?.state === 'UNAVAILABLE')) {
    return refuse(
      'CHANNEL_UNAVAILABLE',
      'Another agent has one of the channels. Those before it are active.',
    );
  }
  return !activates && next !== undefined && isWorkedOn(state, formatTarget(next.target))
    ? refuse('ONGOING_INTERACTION', 'End the interaction that is going on on a channel, then try again.')
    : null;
};

const fail = (draft: Draft, { commandId }: PendingSweep, refused: Rejection): void =>
  complete(draft, commandId, { result: 'failure', ...refused });

/** What can be refused is over: the agent is answered, then the objects go (agent protocol B1 rows 4 and 6). */
const finish = (draft: Draft, pending: PendingSweep): void => {
  const { command, commandId } = pending;
  const path = sweptPath(pending);
  const removes = command.type === 'RemoveChannel' || command.type === 'RemoveChannelGroup';
  if (removes && channelsOf(draft.state(), pending).some((one) => isWorkedOn(draft.state(), one.path))) {
    return fail(draft, pending, refuse('ONGOING_INTERACTION', 'A new interaction came in. End it first.'));
  }
  complete(draft, commandId, SUCCESS);
  if (command.type === 'RemoveChannel' && knownChannel(draft.state(), path) !== undefined) {
    tearDownChannel(draft, path, { told: true });
  }
  if (command.type === 'RemoveChannelGroup' && knownGroup(draft.state(), path) !== undefined) {
    tearDownGroup(draft, path);
  }
};

const advance = (draft: Draft, pending: PendingSweep): boolean => {
  const state = draft.state();
  const { command, commandId } = pending;
  if (state.requests.some((request) => request.commandId === commandId)) return false;
  if (isGrowing(state, sweptPath(pending))) return false;
  const next = nextOf(state, pending);
  // Nothing is left that the switch could refuse, so a removal does not wait for the last channel to follow.
  const removes = command.type === 'RemoveChannel' || command.type === 'RemoveChannelGroup';
  if (awaits(draft, pending) && !(removes && next === undefined)) return false;
  const refused = refuseStep(state, pending, next);
  if (refused !== null) fail(draft, pending, refused);
  else if (next === undefined) finish(draft, pending);
  else ask(draft, next, commandId);
  return true;
};

/** Takes the commands that work through several channels one step on; true when something was emitted. */
export const sweepStep = (draft: Draft): boolean =>
  draft.state().commands.some((pending) => isSweep(pending) && advance(draft, pending));
