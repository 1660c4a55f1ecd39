import { isJsonObject, type JsonObject } from '@cordboard/kernel';
import { brief, objectOf, textOf } from '../../wire/frame.ts';
import { type Rulebook } from './rules.ts';

const LIVE = ['ALERTING', 'DIALING', 'STARTED'];

/** Rules V-1 to V-5: what the init answer of a call lists. */
export const judgeCall = (book: Rulebook, reading: JsonObject): void => {
  const state = textOf(reading['interaction-state']);
  const got = (): string => brief(reading);
  const conversations = objectOf(reading['conversations']);
  const keys = Object.keys(conversations);
  book.note(
    'V-1',
    isJsonObject(reading['conversations']),
    'an object conversations, {} when there is none',
    got,
  );
  if (LIVE.includes(state)) {
    book.note('V-2', isJsonObject(conversations['primary']), `conversations.primary in ${state}`, got);
  } else book.note('V-4', keys.length === 0, `conversations {} in ${state}`, got);
  if (keys.includes('consult'))
    book.note('V-3', state === 'STARTED', 'conversations.consult in STARTED only', got);
  const others = keys.filter((key) => key !== 'primary' && key !== 'consult');
  book.note('V-5', others.length === 0, 'no conversations but primary and consult', got);
};

/** Rules V-7 and V-8; V-6 is a matter of the body. */
export const judgeConversation = (book: Rulebook, reading: JsonObject): void => {
  const { parties } = reading;
  const got = (): string => brief(reading);
  book.note('V-7', Array.isArray(parties), 'an array parties', got);
  book.note('V-8', Array.isArray(parties) && parties.length > 0, 'one party at least', got);
};
