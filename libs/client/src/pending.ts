import { type FailureCode, failureResponse, omitSecrets, type Response } from '@cordboard/agent-protocol';
import { type Clock, type JsonObject } from '@cordboard/kernel';

/** A request as it goes on the wire. */
export interface OutgoingRequest {
  readonly command: string;
  readonly requestId: string;
  readonly target?: string | undefined;
  readonly data: JsonObject;
}

interface Waiting {
  readonly request: OutgoingRequest;
  readonly text: string;
  readonly settle: (response: Response) => void;
}

/** Commands that were not answered yet, in the order of asking. */
export interface Pending {
  readonly add: (request: OutgoingRequest) => { readonly text: string; readonly response: Promise<Response> };
  /** Takes a response in; false when nobody waits for it. */
  readonly answer: (response: Response) => boolean;
  /** The texts of all session commands (those with a target, but for bindSession) still unanswered. */
  readonly repeatable: () => readonly string[];
  /** Answers those that a new socket does not repeat with a failure. */
  readonly failOthers: (message: string) => void;
  readonly failAll: (message: string) => void;
}

/** A failure that this client gives itself, in the shape of the server's. */
const localFailure = (request: OutgoingRequest, code: FailureCode, message: string): Response => {
  const { command, requestId, target } = request;
  return failureResponse(
    { command, requestId, path: target, original: omitSecrets({ ...request }) },
    { code, message },
  );
};

const isRepeatable = ({ command, target }: OutgoingRequest): boolean =>
  target !== undefined && command !== 'bindSession';

/** At most `limit` requests wait at once; one that waits longer than `timeoutMs` is answered with a failure. */
export const createPending = (clock: Clock, limit: number, timeoutMs: number): Pending => {
  const waiting = new Map<string, Waiting>();
  const failWhere = (test: (request: OutgoingRequest) => boolean, message: string): void => {
    for (const { request, settle } of [...waiting.values()]) {
      if (test(request)) settle(localFailure(request, 'SERVICE_UNAVAILABLE', message));
    }
  };
  return {
    add: (request) => {
      const text = JSON.stringify(request);
      if (waiting.has(request.requestId)) {
        const message = 'a command with this requestId is still unanswered';
        return { text: '', response: Promise.resolve(localFailure(request, 'REQUEST_ID_REUSED', message)) };
      }
      if (waiting.size >= limit) {
        const message = `${limit} commands are unanswered; wait for one of them`;
        return { text: '', response: Promise.resolve(localFailure(request, 'TOO_MANY_REQUESTS', message)) };
      }
      const response = new Promise<Response>((resolve) => {
        const cancel = clock.after(timeoutMs, () =>
          settle(
            localFailure(request, 'SERVICE_UNAVAILABLE', 'no answer came in time; the outcome is unknown'),
          ),
        );
        const settle = (value: Response): void => {
          cancel();
          waiting.delete(request.requestId);
          resolve(value);
        };
        waiting.set(request.requestId, { request, text, settle });
      });
      return { text, response };
    },
    answer: (response) => {
      const found = waiting.get(response.requestId ?? '');
      found?.settle(response);
      return found !== undefined;
    },
    repeatable: () =>
      [...waiting.values()].filter(({ request }) => isRepeatable(request)).map(({ text }) => text),
    failOthers: (message) => failWhere((request) => !isRepeatable(request), message),
    failAll: (message) => failWhere(() => true, message),
  };
};
