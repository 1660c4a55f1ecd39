import { type TimerAction } from './model.ts';

const ANSWER_AFTER_MS = 1_000;
const REFUSE_AFTER_MS = 500;
const SHORT_TALK_MS = 5_000;

interface Behaviour {
  /** What the called number does first, and when; null rings for ever. */
  readonly first: { readonly afterMs: number; readonly action: TimerAction } | null;
  readonly talkMs: number | null;
}

const answers: Behaviour = { first: { afterMs: ANSWER_AFTER_MS, action: 'answer' }, talkMs: null };

const byLastFour: Readonly<Record<string, Behaviour>> = {
  '0100': answers,
  '0101': { first: { afterMs: REFUSE_AFTER_MS, action: 'busy' }, talkMs: null },
  '0102': { first: null, talkMs: null },
  '0103': { first: { afterMs: REFUSE_AFTER_MS, action: 'fail' }, talkMs: null },
  '0104': { first: { afterMs: ANSWER_AFTER_MS, action: 'answer' }, talkMs: SHORT_TALK_MS },
};

/** How an outside number behaves when it is called, by its last four digits. */
export const behaviourOf = (number: string): Behaviour => byLastFour[number.slice(-4)] ?? answers;
