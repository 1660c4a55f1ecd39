import { LIMITS } from '../limits.ts';
import { knownGroup } from '../objects.ts';
import { childrenOf } from '../placed.ts';
import { ask, type Draft } from '../session/draft.ts';
import { type SwitchFact } from '../switch-fact.ts';

/** A channel joined a group outside the desktop (bridge CGP-E01); one that is known is not announced twice. */
export const takeChannelJoined = (
  draft: Draft,
  path: string,
  { nativeId, channelType }: Extract<SwitchFact, { type: 'ChannelJoined' }>,
): void => {
  const group = knownGroup(draft.state(), path);
  if (group?.stage !== 'LIVE') return;
  const channels = childrenOf(draft.state().channels, path);
  if (channels.length >= LIMITS.children || channels.some((one) => one.nativeId === nativeId)) return;
  ask(draft, { type: 'RegisterChannel', target: group.target, id: draft.newId(), nativeId, channelType });
};
