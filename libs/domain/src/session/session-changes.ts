import { type EventData } from '../session-event.ts';
import { knownChannel } from '../objects.ts';
import { isKnown } from '../placed.ts';
import { initialState, type PendingCommand, type SessionState } from './session-state.ts';

export const prepared = (data: EventData['SessionPrepared']): SessionState => ({
  ...initialState,
  phase: 'PREPARED',
  session: data.session,
  tenant: data.tenant,
  processor: data.processor,
  agent: { id: data.agent.id },
  extension: data.agent.extension ?? null,
  model: data.model,
  policy: data.policy,
  absence: { actsAt: data.endsAt, lapsed: false, attempted: false, bound: false },
});

export const adapterAssigned = (state: SessionState, data: EventData['AdapterAssigned']): SessionState => ({
  ...state,
  adapter: data,
  link: state.link === 'none' ? 'up' : state.link,
  logOut: state.logOut && { ...state.logOut, moved: true },
});

export const clientBound = (state: SessionState, data: EventData['ClientBound']): SessionState => ({
  ...state,
  client: { client: data.client, binding: data.binding },
  absence: null,
});

export const clientUnbound = (state: SessionState, data: EventData['ClientUnbound']): SessionState => ({
  ...state,
  client: null,
  absence: { actsAt: data.lapsesAt, lapsed: false, attempted: false, bound: true },
});

export const sessionLapsed = (state: SessionState): SessionState => ({
  ...state,
  absence: { actsAt: null, lapsed: true, attempted: false, bound: true },
});

export const commandAccepted = (state: SessionState, data: EventData['CommandAccepted']): SessionState => ({
  ...state,
  phase: data.command.type === 'StartSession' ? 'STARTING' : state.phase,
  commands: [...state.commands, data],
});

/** A start that failed may be tried again; what was said about the log-in that failed does not concern the next. */
export const commandCompleted = (state: SessionState, data: EventData['CommandCompleted']): SessionState => {
  const ended = ({ commandId }: PendingCommand): boolean => commandId === data.commandId;
  const startFailed =
    data.outcome.result === 'failure' && state.commands.find(ended)?.command.type === 'StartSession';
  return {
    ...state,
    phase: startFailed ? 'PREPARED' : state.phase,
    link: startFailed ? 'none' : state.link,
    commands: state.commands.filter((command) => !ended(command)),
    deferred: startFailed ? [] : state.deferred,
  };
};

export const logOutBegan = (state: SessionState, data: EventData['LogOutBegan']): SessionState => ({
  ...state,
  phase: 'LOGGING_OUT',
  absence: state.absence === null ? null : { ...state.absence, attempted: true },
  // Nobody becomes ready again by a timer who is leaving.
  channels: state.channels.map((channel) => (isKnown(channel) ? { ...channel, wrapUp: undefined } : channel)),
  logOut: {
    commandId: data.commandId ?? null,
    before: state.channels.flatMap(({ path }) => {
      const channel = knownChannel(state, path);
      return channel === undefined ? [] : [{ path, state: channel.state, agent: channel.agent }];
    }),
    done: [],
  },
});

export const logOutFailed = (state: SessionState, data: EventData['LogOutFailed']): SessionState => ({
  ...state,
  phase: 'STARTED',
  absence: state.absence === null ? null : { ...state.absence, actsAt: data.retryAt },
  logOut: null,
});

/** Nothing follows on this: no object, no wait and no desktop are left. */
export const closed = (state: SessionState): SessionState => ({
  ...state,
  phase: 'CLOSED',
  client: null,
  absence: null,
  link: 'none',
  reconcile: null,
  commands: [],
  requests: [],
  deferred: [],
  logOut: null,
  plannedGroups: [],
  plannedChannels: [],
  groups: [],
  channels: [],
  interactions: [],
  conversations: [],
});
