import { type Bus, HEADERS } from '@cordboard/bus';
import { type SwitchAnswer, type SwitchRequest } from '@cordboard/domain';
import { requestToCti } from '@cordboard/translation';
import { type EngineMetrics } from './ports.ts';
import { failed, readAnswer, subjectOf, type SwitchPlace, UNREACHABLE } from './switch-answers.ts';

/** An intent that stands in the log, about to be carried out. */
interface Intent extends SwitchPlace {
  readonly epoch: number;
  readonly requestId: string;
  readonly request: SwitchRequest;
  /** Set by a new owner that found the intent without an outcome (design K11). */
  readonly probe: boolean;
}

export interface Switchboard {
  readonly send: (intent: Intent) => void;
  /** Stops listening for answers, for a session that was given up or a request that timed out. */
  readonly forget: (requestId?: string) => void;
}

export interface SwitchboardHooks {
  /** False when nobody waited for it any more. */
  readonly onAnswer: (requestId: string, answer: SwitchAnswer) => boolean;
  /** The adapter has heard a later owner: this one is not the owner any more. */
  readonly onStale: () => void;
  /** The adapter does not know the session that it was asked about; called after the answer. */
  readonly onForgotten: () => void;
  /** The instance is known to take nothing, so that asking it would only cost time. */
  readonly isAway: (place: SwitchPlace) => boolean;
}

/** Its adapter went meanwhile, or another run of it answers: in the words of the domain for one that is lost. */
const FORGOTTEN = 'The phone system was lost before it answered. What it did is read again when it is back.';

/** Carries out the requests of one session. Time limits are the domain's: it sees the deadline pass. */
export const createSwitchboard = (bus: Bus, metrics: EngineMetrics, hooks: SwitchboardHooks): Switchboard => {
  const open = new Map<string, () => void>();

  const finish = (requestId: string): void => {
    open.get(requestId)?.();
    open.delete(requestId);
  };

  const settle = (requestId: string, answer: SwitchAnswer): boolean => {
    finish(requestId);
    if (!answer.ok && answer.cause === 'malformed') metrics.count('switch_answers_malformed');
    return hooks.onAnswer(requestId, answer);
  };

  /** With our own connection gone nothing is known; the next owner probes. */
  const unanswered = ({ requestId, probe }: Intent, why: keyof typeof UNREACHABLE | 'closed'): void => {
    if (why === 'closed') return finish(requestId);
    // A probe that reaches nobody says nothing of the request before it.
    settle(requestId, failed(probe ? 'unknown' : 'unreachable', UNREACHABLE[why]));
  };

  const refuse = (intent: Intent): void => {
    let live = true;
    open.set(intent.requestId, () => (live = false));
    queueMicrotask(() => live && unanswered(intent, 'no-responders'));
  };

  const send = (intent: Intent): void => {
    const { requestId, request, epoch, probe } = intent;
    finish(requestId);
    metrics.count('switch_requests');
    if (hooks.isAway(intent)) return refuse(intent);
    const end = bus.ask(
      subjectOf(intent, request),
      JSON.stringify(requestToCti(request, requestId, intent.processor)),
      {
        headers: { [HEADERS.epoch]: String(epoch), ...(probe ? { [HEADERS.probe]: 'true' } : {}) },
        onReply: (message) => {
          const answer = readAnswer(request, message);
          if (answer === 'pending') return;
          if (answer === 'stale') {
            finish(requestId);
            hooks.onStale();
          } else if (answer === 'forgotten') {
            if (settle(requestId, failed('unknown', FORGOTTEN))) hooks.onForgotten();
          } else settle(requestId, answer);
        },
        onNoResponders: (why) => unanswered(intent, why),
      },
    );
    open.set(requestId, end);
  };

  const forget = (requestId?: string): void => {
    if (requestId !== undefined) return finish(requestId);
    for (const known of [...open.keys()]) finish(known);
  };

  return { send, forget };
};
