import { type BridgePeer } from '@cordboard/adapter-sdk';
import { controlTarget, type CtiMessage } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { type GatewayPorts } from './gateway-ports.ts';
import { createIntake, type PassedFrame } from './intake.ts';
import { createOpenQuestions } from './open-questions.ts';

type Ports = Pick<GatewayPorts, 'clock' | 'newId' | 'log' | 'count' | 'maxBytes'>;

/** The adapter at the other end of a socket, as a peer. */
export interface SocketPeer extends BridgePeer {
  readonly take: (frame: PassedFrame) => void;
  /** Asks it on the gateway's own account; settles when it answered. */
  readonly control: (
    name: 'cti.request.status' | 'cti.request.serverstatus',
    body: JsonObject,
  ) => Promise<void>;
  /** It is gone: nothing is answered any more. */
  readonly end: () => void;
}

/** Speaks the bridge protocol: `send` takes the texts of questions, the frames that come hold answers and events. */
export const createSocketPeer = (
  ports: Ports,
  processor: string,
  send: (text: string) => void,
): SocketPeer => {
  let tell: (event: CtiMessage) => void = () => undefined;
  const questions = createOpenQuestions(ports.clock, () => ports.count('questions_unanswered'));

  const ask: BridgePeer['ask'] = (question, answer) => {
    if (questions.add(question, answer)) send(JSON.stringify(question));
    else ports.count('questions_refused');
  };

  return {
    ask,
    onEvent: (listener) => {
      tell = listener;
    },
    take: createIntake(ports, { processor, questions, onEvent: (event) => tell(event) }),
    control: (name, body) =>
      new Promise((resolve) => {
        const target = controlTarget(processor);
        const header = { type: 'cti.request', name, target, requestId: ports.newId() } as const;
        ask({ header, body }, () => resolve());
      }),
    end: questions.end,
  };
};
