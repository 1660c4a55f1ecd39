import { type CommandOutcome, type EventData, type SessionEvent, type SwitchAnswer } from '@cordboard/domain';

/** Lists of the switch are passed on to whoever asked and not kept; nothing folds from them. */
const PASSED_ON: ReadonlySet<string> = new Set([
  'directory',
  'notreadyreasons',
  'logoutreasons',
  'addressbook',
  'dispositions',
  'scripts',
]);

const keptAnswer = (answer: SwitchAnswer): SwitchAnswer =>
  answer.ok && PASSED_ON.has(answer.reading.of) ? { ok: true, reading: { of: 'none' } } : answer;

const keptOutcome = (outcome: CommandOutcome): CommandOutcome => {
  if (outcome.result !== 'success' || outcome.data === undefined) return outcome;
  const { data: _data, ...kept } = outcome;
  return kept;
};

/** The data of an event as it is kept: without what is only passed on. It folds to the same state. */
export const storedPart = (event: SessionEvent): EventData[SessionEvent['type']] => {
  switch (event.type) {
    case 'CommandCompleted':
      return { ...event.data, outcome: keptOutcome(event.data.outcome) };
    case 'SwitchAnswered':
      return { ...event.data, answer: keptAnswer(event.data.answer) };
    case 'SwitchFactDeferred': {
      const { fact } = event.data;
      return fact.type === 'AddressBookChanged' ? { fact: { ...fact, addressBooks: [] } } : event.data;
    }
    default:
      return event.data;
  }
};
