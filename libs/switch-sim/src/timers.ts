import { answerCall } from './answer-call.ts';
import { asBusy, asFailed, endCall } from './end-call.ts';
import { liveCalls } from './lookup.ts';
import { type Call, type SwitchState } from './model.ts';
import { outsideLeaves } from './outside-operations.ts';
import { offerQueued } from './queue.ts';
import { inOrder, repeatedly, type Step } from './steps.ts';
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

const nextDue =
  (arrival: Arrival) =>
  (state: SwitchState): Step | null => {
    let first: Due | null = null;
    for (const call of Object.values(state.calls)) {
      const due = fire(call);
      if (due !== null && due.at <= arrival.at && (first === null || due.at < first.at)) first = due;
    }
    const due = first;
    if (due === null) return null;
    return (before) => inOrder(before, due.step, offerQueued({ ...arrival, at: due.at }));
  };

/** Fires everything due at the time given, in the order of its time, then looks after the queue. */
export const fireDue =
  (arrival: Arrival): Step =>
  (state) =>
    inOrder(state, repeatedly(nextDue(arrival)), offerQueued(arrival));
