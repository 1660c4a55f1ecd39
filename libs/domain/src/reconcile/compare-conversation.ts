import { type KnownConversation } from '../conversation/conversation.ts';
import { takeConversationFact } from '../conversation/conversation-facts.ts';
import { conversationGone } from '../conversation/conversation-steps.ts';
import { LIMITS } from '../limits.ts';
import { knownConversation } from '../objects.ts';
import { type Draft } from '../session/draft.ts';
import { letGo } from '../session/tear-down.ts';
import { type SwitchReading } from '../switch-request.ts';
import { type ConversationState, type Member } from '../values.ts';
import { isGone, readingAt, recordDifferences, recordGone, type Survey } from './survey.ts';

type ConversationReading = Extract<SwitchReading, { of: 'conversation' }>;

const FACTS = {
  RINGING: 'ConversationRinging',
  DIALING: 'ConversationDialing',
  TALKING: 'ConversationTalking',
  HELD: 'ConversationHeld',
  MUTE: 'ConversationMuted',
  RELEASED: 'ConversationEnded',
} as const satisfies Record<ConversationState, string>;

/** The same that the switch would have said if anybody had listened. */
const say = (draft: Draft, { path, target }: KnownConversation, state: ConversationState): void =>
  takeConversationFact(draft, path, { type: FACTS[state], target });

interface Parties {
  readonly count: number;
  readonly left: readonly Member[];
  readonly came: readonly Member[];
  readonly renamed: readonly Member[];
}

const partiesFound = ({ members }: KnownConversation, reading: ConversationReading): Parties => {
  const found = new Map<string, Member>();
  for (const member of reading.members) {
    if (!found.has(member.number) && found.size < LIMITS.members) found.set(member.number, member);
  }
  const known = new Map(members.map((member) => [member.number, member.name]));
  const read = [...found.values()];
  return {
    count: read.length,
    left: members.filter(({ number }) => !found.has(number)),
    came: read.filter(({ number }) => !known.has(number)),
    renamed: read.filter(
      ({ number, name }) => known.has(number) && name !== undefined && known.get(number) !== name,
    ),
  };
};

const follow = (survey: Survey, leg: KnownConversation, reading: ConversationReading): void => {
  const { draft } = survey;
  const { path, target, state, members } = leg;
  const { count, left, came, renamed } = partiesFound(leg, reading);
  recordDifferences(survey, target, [
    ['state', state, reading.state],
    ['parties', members.length, count],
    ['changedParties', 0, left.length + came.length + renamed.length],
  ]);
  if (reading.state === 'RELEASED') return say(draft, leg, 'RELEASED');
  for (const { number } of left) takeConversationFact(draft, path, { type: 'PartyRemoved', target, number });
  for (const member of [...came, ...renamed])
    takeConversationFact(draft, path, { type: 'PartyAdded', target, ...member });
  if (reading.state !== state) say(draft, leg, reading.state);
};

const end = (survey: Survey, leg: KnownConversation): void => {
  const { draft } = survey;
  recordGone(survey, leg.target, { state: leg.state });
  say(draft, leg, 'RELEASED');
  letGo(draft, leg, 'DisposeConversation');
  conversationGone(draft, leg.path);
};

/** Compares one leg of a call; one that is over takes its leave as always. */
export const compareConversation = (survey: Survey, path: string): void => {
  const leg = knownConversation(survey.draft.state(), path);
  if (leg?.stage !== 'LIVE' || leg.state === 'RELEASED') return;
  if (isGone(survey, path)) return end(survey, leg);
  const reading = readingAt(survey, path, 'conversation');
  if (reading !== null) follow(survey, leg, reading);
};
