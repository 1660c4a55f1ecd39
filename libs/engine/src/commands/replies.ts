import { type ParsedRequest } from '@cordboard/agent-protocol';
import { type Bus, type BusMessage } from '@cordboard/bus';
import { type CommandOutcome } from '@cordboard/domain';
import { answerOutcome } from './responses.ts';

interface Waiting {
  readonly message: BusMessage;
  readonly request: ParsedRequest;
}

/** A sender repeats a command each second; only its latest repetitions are worth an answer. */
const MAX_WAITING_PER_COMMAND = 4;

/** Who waits for the outcome of which command of one session. In memory only: whoever is not answered asks again. */
export interface Replies {
  readonly wait: (commandId: string, message: BusMessage, request: ParsedRequest) => void;
  readonly answer: (commandId: string, outcome: CommandOutcome) => void;
}

/** `context`: what failures say beside their message, if anything. */
export const createReplies = (
  bus: Pick<Bus, 'maxPayloadBytes'>,
  context: () => string | undefined,
): Replies => {
  const waiting = new Map<string, Waiting[]>();
  return {
    wait: (commandId, message, request) => {
      const others = waiting.get(commandId) ?? [];
      waiting.set(commandId, [...others, { message, request }].slice(-MAX_WAITING_PER_COMMAND));
    },
    answer: (commandId, outcome) => {
      for (const asked of waiting.get(commandId) ?? []) answerOutcome(bus, asked, outcome, context());
      waiting.delete(commandId);
    },
  };
};
