import { beginWalk, type Draw, sessionScenario, walkStep } from '@cordboard/testing/scenario';
import fc from 'fast-check';
import { COMMAND_TYPES } from '../command-kinds.ts';
import { type SessionInput } from '../session-input.ts';
import { type SessionEvent } from '../session-event.ts';
import { type SwitchFactType } from '../switch-fact.ts';

const WALKS = 500;

const draws = fc.array(
  fc.record({ kind: fc.nat(99), what: fc.nat(999), where: fc.nat(999), how: fc.nat(999) }),
  { maxLength: 120, size: 'max' },
);

const FACTS: Readonly<Record<SwitchFactType, true>> = {
  SessionEnded: true,
  AddressBookChanged: true,
  AgentLegChanged: true,
  ChannelJoined: true,
  ChannelActivated: true,
  ChannelDeactivated: true,
  ChannelUnavailable: true,
  ChannelAvailable: true,
  ChannelVanished: true,
  AgentReady: true,
  AgentNotReady: true,
  InteractionOffered: true,
  InteractionAlerting: true,
  InteractionStarted: true,
  InteractionEnded: true,
  InteractionCompleted: true,
  InteractionDataChanged: true,
  ConsultOffered: true,
  ConversationRinging: true,
  ConversationDialing: true,
  ConversationStarted: true,
  ConversationTalking: true,
  ConversationHeld: true,
  ConversationMuted: true,
  ConversationBusy: true,
  ConversationFailed: true,
  ConversationEnded: true,
  TransferFailed: true,
  ConferenceFailed: true,
  PartyAdded: true,
  PartyRemoved: true,
};

/** What was reached how often: commands that were taken, facts that had an effect, and outcomes by type. */
const reached = (): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const heard = (input: SessionInput, events: readonly SessionEvent[]): void => {
    const [first] = events;
    if (input.kind === 'command' && first?.type === 'CommandAccepted') count(input.command.type);
    if (input.kind === 'fact' && first !== undefined && first.type !== 'SwitchFactDeferred') {
      count(input.fact.type);
    }
    events.forEach(({ type }) => count(type));
  };
  const walk = (some: readonly Draw[]): void => {
    const s = sessionScenario(undefined, heard);
    beginWalk(s, some[0]?.how ?? 0);
    some.forEach((draw) => walkStep(s, draw));
  };
  fc.sample(draws, { numRuns: WALKS, seed: 1 }).forEach(walk);
  return counts;
};

describe('random lives', () => {
  it('reach every command, every fact, and the end of what takes several steps', () => {
    const counts = reached();
    const seldom = (keys: readonly string[], least: number) =>
      keys.filter((key) => (counts.get(key) ?? 0) < least);
    expect(seldom(COMMAND_TYPES, 10)).toEqual([]);
    expect(seldom(Object.keys(FACTS), 5)).toEqual([]);
    const ends = [
      'AdapterLost',
      'Reconciled',
      'ReconcileEnded',
      'ChannelGroupDisposed',
      'ChannelDisposed',
      'LogOutFailed',
      'AfterCallWorkEnded',
    ];
    expect(seldom(ends, 10)).toEqual([]);
  });
});
