import { knownGroup } from '../objects.ts';
import { childrenOf } from '../placed.ts';
import { sessionTarget } from '../session/draft.ts';
import { type SessionState } from '../session/session-state.ts';
import { tearDownGroup } from '../session/tear-down.ts';
import { compareChannel } from './compare-channel.ts';
import { isGone, newAmong, readingAt, recordDifferences, recordGone, type Survey } from './survey.ts';

/** A logout that failed may have taken everything, and the reading that was to bring it back was lost. */
const isEmpty = ({ groups, channels, plannedGroups, plannedChannels }: SessionState): boolean =>
  groups.length + channels.length + plannedGroups.length + plannedChannels.length === 0;

/**
 * Groups and stand-alone channels that the session did not get yet come in. Later the list of the switch says
 * nothing: what the agent has removed must not come back, and what the agent has added need not stand in it. A
 * session with nothing in it gets all of it: nobody could work with it.
 */
const joinSession = (survey: Survey): void => {
  const { draft, cause } = survey;
  const { phase, session, groups, channels } = draft.state();
  const reading = readingAt(survey, session, 'session');
  const joins =
    phase === 'INITIALIZING' || (phase === 'STARTED' && cause !== 'timer' && isEmpty(draft.state()));
  if (reading === null || !joins) return;
  const joined = [
    ...newAmong(reading.groups, groups),
    ...newAmong(reading.channels ?? [], childrenOf(channels, session)),
  ];
  recordDifferences(survey, sessionTarget(draft), [], joined);
};

const compareGroup = (survey: Survey, path: string): void => {
  const { draft } = survey;
  const group = knownGroup(draft.state(), path);
  if (group === undefined || group.stage === 'DISPOSING') return;
  const leaves = draft.state().phase === 'LOGGING_OUT';
  if (isGone(survey, path) && !leaves) {
    recordGone(survey, group.target, group.state === null ? {} : { state: group.state });
    return tearDownGroup(draft, path);
  }
  const reading = readingAt(survey, path, 'channelgroup');
  const channels = childrenOf(draft.state().channels, path);
  if (reading !== null && !leaves) {
    const joined = newAmong(reading.channels, [...channels, ...group.planned]);
    recordDifferences(survey, group.target, [], joined);
  }
  channels.forEach((channel) => compareChannel(survey, channel.path));
};

/**
 * Makes the session what the switch says it is, object by object, parents first. What is on its way in or out is
 * left alone. While the agent is leaving the log-in alone is compared: the rest has time until that is decided.
 */
export const compareSession = (survey: Survey): void => {
  const { draft } = survey;
  joinSession(survey);
  draft.state().groups.forEach(({ path }) => compareGroup(survey, path));
  const { channels, session } = draft.state();
  childrenOf(channels, session).forEach(({ path }) => compareChannel(survey, path));
};
