import { type BusMessage, deliver, type DeliverError, type Headers, HEADERS, subjects } from '@cordboard/bus';
import { type Result, type Target } from '@cordboard/kernel';
import { type EdgePorts } from '../edge-ports.ts';
import { newTrace } from './trace.ts';

/** Who speaks to the owner of a session, and through which binding. */
export interface Speaker {
  readonly tenant: string;
  readonly agentId: string;
  readonly session: string;
  readonly binding: string;
  /** Ends what is still being asked when the socket is gone. */
  readonly signal: AbortSignal;
}

/** The way from one socket to the owner of its session (docs/contracts.md). */
export interface SessionLine {
  /** Asked until answered. */
  readonly ask: (
    target: Target,
    command: string,
    body: string,
    timeoutMs: number,
  ) => Promise<Result<BusMessage, DeliverError>>;
  /** Said once; whether it was heard does not matter. */
  readonly tell: (command: string) => void;
}

/** Agents and the worlds behind them are told apart by the owner through these headers, never through the body. */
export const actorHeaders = (agentId: string): Headers => ({
  [HEADERS.actor]: `agent:${agentId}`,
  [HEADERS.trace]: newTrace(),
});

export const createSessionLine = (
  { bus, clock }: Pick<EdgePorts, 'bus' | 'clock'>,
  speaker: Speaker,
): SessionLine => {
  const { tenant, agentId, session, binding, signal } = speaker;
  const headers = (): Headers => ({ ...actorHeaders(agentId), [HEADERS.binding]: binding });
  return {
    // The very promise of `deliver`: another turn in between would let events overtake the answer before them.
    ask: (target, command, body, timeoutMs) =>
      deliver(bus, {
        subject: subjects.command(tenant, target, command),
        claim: subjects.claim(tenant),
        body,
        headers: headers(),
        clock,
        timeoutMs,
        signal,
      }),
    tell: (command) => {
      bus.publish(subjects.command(tenant, { session }, command), '{}', headers());
    },
  };
};
