import { answerCall } from './answer-call.ts';
import { asBusy, asFailed, endCall } from './end-call.ts';
import { evolve } from './evolve.ts';
import { liveCalls } from './lookup.ts';
import { type Call, type SwitchState } from './model.ts';
import { outsideLeaves } from './outside-operations.ts';
import { offerQueued } from './queue.ts';
import { inOrder, type Step } from './steps.ts';
import { type SwitchEvent } from './switch-event.ts';
import { type Arrival } from './switch-input.ts';

interface Due {
  readonly at: number;
  readonly step: Step;
}

const fire = (call: Call): Due | null => {
  if (call.timer === null) return null;
  const { at, action } = call.timer;
  switch (action) {
    case 'answer':
      return { at, step: answerCall(call, at) };
    case 'busy':
      return { at, step: endCall(call, at, 'busy', asBusy) };
    case 'fail':
      return { at, step: endCall(call, at, 'failed', asFailed('invalid number')) };
    case 'hang-up':
      return { at, step: outsideLeaves(call, at) };
  }
};

/**
 * When something happens by itself, ms since the epoch, seen from `now`; null when nothing is due. What was due
 * before is named too: a tick at that time or later makes it happen.
 */
export const nextTimerAt = (state: SwitchState, now: number): number | null => {
  const times = liveCalls(state).flatMap((call) => [
    ...(call.timer === null ? [] : [call.timer.at]),
    ...(call.status === 'queued' ? call.avoid.map(({ until }) => until).filter((until) => until > now) : []),
  ]);
  return times.length === 0 ? null : times.reduce((first, at) => Math.min(first, at));
};

const firstDue = (state: SwitchState, at: number): Due | undefined =>
  liveCalls(state)
    .map(fire)
    .filter((due) => due !== null)
    .filter((due) => due.at <= at)
    .sort((one, other) => one.at - other.at)[0];

/** Fires everything due at the time given, in the order of its time, then looks after the queue. */
export const fireDue =
  (arrival: Arrival): Step =>
  (state) => {
    const events: SwitchEvent[] = [];
    let current = state;
    const run = (...steps: readonly Step[]): void => {
      const more = inOrder(current, ...steps);
      events.push(...more);
      current = more.reduce(evolve, current);
    };
    for (let due = firstDue(current, arrival.at); due; due = firstDue(current, arrival.at)) {
      run(due.step, offerQueued({ ...arrival, at: due.at }));
    }
    run(offerQueued(arrival));
    return events;
  };
