import { type Actor, type EventMeta } from '@cordboard/kernel';

/** What set an input off; stands in the meta of every event that comes of it. */
export type Cause = Omit<EventMeta, 'previous'>;

export const commandCause = (actor: Actor, commandId: string, trace?: string): Cause => ({
  actor,
  commandId,
  causation: `command:${commandId}`,
  correlation: commandId,
  trace,
});

/** The answer to a request belongs to the command that needed it, if one did. */
export const answerCause = (adapter: string, requestId: string, commandId?: string): Cause => ({
  actor: { kind: 'switch', id: adapter },
  commandId,
  causation: `request:${requestId}`,
  correlation: commandId ?? requestId,
  adapter,
});

export const factCause = (adapter: string, ctiSeq: number, seed: string): Cause => ({
  actor: { kind: 'switch', id: adapter },
  causation: `switch:${ctiSeq}`,
  correlation: seed,
  adapter,
  ctiSeq,
});

export const timerCause = (seed: string): Cause => ({
  actor: { kind: 'timer', id: 'deadline' },
  causation: 'timer:deadline',
  correlation: seed,
});

export const workerCause = (worker: string, why: string, seed: string): Cause => ({
  actor: { kind: 'worker', id: worker },
  causation: `${why}:${worker}`,
  correlation: seed,
});

/** What a worker has found out by itself about a session and its adapter. */
export const linkCause = (worker: string, why: string, adapter: string, seed: string): Cause => ({
  actor: { kind: 'worker', id: worker },
  causation: why,
  correlation: seed,
  adapter,
});
