import { type Command } from './command.ts';
import { type EventType, type SessionEvent } from './session-event.ts';
import { type SwitchFact } from './switch-fact.ts';
import { type SwitchReading, type SwitchRequest } from './switch-request.ts';
import { type InteractionData } from './values.ts';

/** What an agent or the switch is asked with may say of people; the same keys in both. */
const ASKED_WITH = [
  'destination',
  'extensions',
  'reason',
  'reasonName',
  'value',
  'disposition',
  'parameters',
  'digits',
  'number',
] as const;

/** Types that are missing carry nothing personal. Lists of people (directory, address books) are never stored. */
const PATHS: Readonly<Partial<Record<EventType, readonly string[]>>> = {
  SessionPrepared: ['agent.extension'],
  CommandAccepted: ['command.extension', ...ASKED_WITH.map((key) => `command.${key}`)],
  CommandCompleted: ['outcome.message'],
  SwitchRequested: ['request.agent.extension', ...ASKED_WITH.map((key) => `request.${key}`)],
  SwitchAnswered: [
    'answer.message',
    'answer.reading.data',
    'answer.reading.members',
    'answer.reading.agent.lastReasonName',
  ],
  SwitchFactDeferred: [
    'fact.number',
    'fact.name',
    'fact.changes',
    'fact.reason',
    'fact.reasonName',
    'fact.error',
  ],
  ConversationMemberRenamed: ['member.number', 'member.name'],
  InteractionDataChanged: ['interactionData'],
  InteractionDispositionSet: ['disposition'],
  InteractionPreviewed: ['interactionData'],
  InteractionScreenPopped: ['interactionData'],
  ConversationMemberAdded: ['member.number', 'member.name'],
  ConversationMemberRemoved: ['member.number', 'member.name'],
  ConversationFailed: ['reason'],
  ConversationTransferFailed: ['reason'],
  ConversationConferenceFailed: ['reason'],
  AgentLegFailed: ['error'],
  ChannelInfoChanged: ['agentStatus.lastReasonName', 'pending.reasonName'],
  AfterCallWorkBegan: ['next.reasonName'],
};

/**
 * Dotted paths into the data of such an event that are personal and never stored in clear (design K15). Not
 * every event has every path. What is left without them still folds, so that history outlives the person.
 */
export const personalPaths = (type: EventType): readonly string[] => PATHS[type] ?? [];

const NUMBER = /^\+?\d{3,20}$/;
const ADDRESS = /^[^\s@]+@[^\s@]+$/;

/** A number without its punctuation or an address in lower case; undefined for anything else. */
const subjectIn = (text: string): string | undefined => {
  const number = text.replace(/^(tel|sip|sips|mailto):/i, '').replace(/[\s().-]/g, '');
  if (NUMBER.test(number)) return number;
  const address = text.trim().replace(/^(tel|sip|sips|mailto):/i, '');
  return ADDRESS.test(address) ? address.toLowerCase() : undefined;
};

type DataValue = InteractionData[string] | null;

const textsIn = (data: Readonly<Record<string, DataValue>>): readonly string[] =>
  Object.values(data).flatMap((value) => {
    if (value === null) return [];
    return typeof value === 'string' ? [value] : Object.values(value);
  });

/** Whom a command or request reaches for, and what is written down about them. */
const textsAsked = (asked: Command | SwitchRequest): readonly string[] => {
  switch (asked.type) {
    case 'Dial':
    case 'ReadOutboundSkills':
    case 'Consult':
    case 'BlindTransfer':
    case 'BlindConference':
      return [asked.destination];
    case 'RemoveParty':
      return [asked.number];
    case 'SetInteractionData':
      return textsIn({ value: asked.value });
    case 'SendSignal':
      return textsIn(asked.parameters);
    default:
      return [];
  }
};

const textsInFact = (fact: SwitchFact): readonly string[] => {
  if (fact.type === 'PartyAdded' || fact.type === 'PartyRemoved') return [fact.number];
  return fact.type === 'InteractionDataChanged' ? textsIn(fact.changes) : [];
};

const textsInReading = (reading: SwitchReading): readonly string[] => {
  if (reading.of === 'interaction') return textsIn(reading.data);
  return reading.of === 'conversation' ? reading.members.map(({ number }) => number) : [];
};

const textsOf = (event: SessionEvent): readonly string[] => {
  switch (event.type) {
    case 'CommandAccepted':
      return textsAsked(event.data.command);
    case 'SwitchRequested':
      return textsAsked(event.data.request);
    case 'SwitchAnswered':
      return event.data.answer.ok ? textsInReading(event.data.answer.reading) : [];
    case 'SwitchFactDeferred':
      return textsInFact(event.data.fact);
    case 'InteractionDataChanged':
    case 'InteractionPreviewed':
    case 'InteractionScreenPopped':
      return textsIn(event.data.interactionData);
    case 'ConversationMemberAdded':
    case 'ConversationMemberRenamed':
    case 'ConversationMemberRemoved':
      return [event.data.member.number];
    default:
      return [];
  }
};

/** The numbers and addresses of people that an event speaks of, each once: who forgets one forgets the event's key. */
export const subjectsOf = (event: SessionEvent): readonly string[] => [
  ...new Set(textsOf(event).flatMap((text) => subjectIn(text) ?? [])),
];

/** What the personal fields of an event are sealed under: its interaction, or else the impulse that led to it. */
export const sealScope = ({ target }: SessionEvent, fallback: string): string =>
  target.interaction ?? fallback;
