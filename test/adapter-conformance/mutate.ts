import { type BridgePeer } from '@cordboard/adapter-sdk';
import { type CtiMessage } from '@cordboard/cti-protocol';

/** Makes a peer that is broken out of one that is not. */
export type Mutant = (peer: BridgePeer) => BridgePeer;

type Answer = (response: CtiMessage) => void;
type Emit = (event: CtiMessage) => void;

interface Faults {
  /** In the place of asking the peer; `next` asks it. */
  readonly ask?: (question: CtiMessage, answer: Answer, next: BridgePeer['ask'], emit: Emit) => void;
  /** In the place of passing an event on. */
  readonly event?: (event: CtiMessage, emit: Emit) => void;
}

export const mutate =
  ({
    ask = (question, answer, next) => next(question, answer),
    event = (told, emit) => emit(told),
  }: Faults): Mutant =>
  (peer) => {
    let listener: Emit = () => undefined;
    return {
      ask: (question, answer) => ask(question, answer, peer.ask, (told) => listener(told)),
      onEvent: (next) => {
        listener = next;
        peer.onEvent((told) => event(told, next));
      },
    };
  };

/** Changes the answers to one request. */
export const answering = (name: string, change: (answer: CtiMessage) => CtiMessage): Mutant =>
  mutate({
    ask: (question, answer, next) =>
      next(question, question.header.name === name ? (said) => answer(change(said)) : answer),
  });

/** Does something else in the place of one request. */
export const instead = (
  name: string,
  act: (question: CtiMessage, answer: Answer, next: BridgePeer['ask'], emit: Emit) => void,
): Mutant =>
  mutate({
    ask: (question, answer, next, emit) =>
      question.header.name === name ? act(question, answer, next, emit) : next(question, answer),
  });

export const eventAt = (name: string, target: string, body: CtiMessage['body'] = {}): CtiMessage => ({
  header: { type: 'cti.event', name, target },
  body,
});
