import { type SwitchState } from '../model.ts';

/** How a queue stands at a moment: calls and contacts that wait in it, and how long the first of them has. */
export interface QueueFigures {
  readonly id: string;
  readonly name: string;
  readonly waiting: number;
  readonly longestWaitMs: number;
}

/** The figures of all queues; what alerts at an agent does not wait. */
export const queueFigures = ({ queues, lists }: SwitchState, now: number): readonly QueueFigures[] => {
  const waiting = [
    ...lists.calls.map(({ queue, since }) => ({ queue, since })),
    ...lists.contacts.map(({ to, since }) => ({ queue: to, since })),
  ];
  return queues.map(({ number, name }) => {
    const inQueue = waiting.filter(({ queue }) => queue === number);
    const first = inQueue.reduce((oldest, { since }) => (since < oldest ? since : oldest), now);
    return { id: number, name, waiting: inQueue.length, longestWaitMs: now - first };
  });
};
