import { parseRequest, successResponse } from '@cordboard/agent-protocol';
import { answerResult, type Bus, subjects } from '@cordboard/bus';

/** The owners of sessions as far as an edge can tell, all played in this process. */
export interface PlayedOwners {
  /** What they say the last sequence of each session is, from now on. */
  readonly say: (sequence: number) => void;
}

export const TENANT = 'demo';

/** Answers for the owners, as fast as can be: what is measured is the edge, the log and the sockets. */
export const playOwners = async (bus: Bus, sessions: readonly string[]): Promise<PlayedOwners> => {
  let last = 0;
  for (const session of sessions) {
    bus.subscribe(subjects.commandsOf(TENANT, session), (message) => {
      const request = parseRequest(message.body);
      if (!request.ok) return answerResult(message, JSON.stringify({ bound: true, sequence: last }));
      const mode = request.value.data['afterSequence'] === undefined ? 'reset' : 'resumed';
      const grant = { mode, sequence: last, started: true };
      answerResult(message, JSON.stringify(successResponse(request.value, grant)));
    });
  }
  await bus.flush();
  return { say: (sequence) => void (last = sequence) };
};
