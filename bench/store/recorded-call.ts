import { type EventRecord } from '@cordboard/event-store';
import { officeInCall } from '@cordboard/testing';

/** Rows that one input led to: what an owner appends at a time. */
export type Step = readonly EventRecord[];

const HELD_AND_TAKEN_BACK = 2;

/**
 * A call as the engine writes it: it comes in, is answered, held and taken back. Recorded from a worker over a log
 * in memory, with personal fields sealed and rows chained.
 */
export const recordCall = async (): Promise<readonly Step[]> => {
  const { session, conversation, send, tell, stream } = await officeInCall();
  for (let n = 0; n < HELD_AND_TAKEN_BACK; n += 1) {
    await send('conversation.request.hold', conversation);
    await tell('conversation.held', conversation);
    await send('conversation.request.retrieve', conversation);
    await tell('conversation.talking', conversation);
  }
  return stepsOf(stream(session));
};

/** Rows of one input stand together and share their cause; what comes before the switch's first word is no call. */
const stepsOf = (rows: readonly EventRecord[]): readonly Step[] => {
  const steps: EventRecord[][] = [];
  for (const row of rows.slice(rows.findIndex(({ meta }) => meta.causation.startsWith('switch:')))) {
    const last = steps.at(-1);
    if (last?.[0]?.meta.causation === row.meta.causation) last.push(row);
    else steps.push([row]);
  }
  return steps;
};

/** The same rows, each appended by itself. */
export const singly = (call: readonly Step[]): readonly Step[] => call.flat().map((row) => [row]);
