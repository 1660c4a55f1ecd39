import { type BridgePeer } from '@cordboard/adapter-sdk';
import {
  answerFailure,
  answerSuccess,
  controlTarget,
  type CtiMessage,
  type ProcessorStatus,
} from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { createTape, type Tape } from './tape.ts';

/** A question that the switch side was asked, and the way to answer it. */
export interface Asked {
  readonly question: CtiMessage;
  readonly answer: (body?: JsonObject) => void;
  readonly refuse: (why: string) => void;
  /** Answers as it likes, also twice or wrongly. */
  readonly say: (response: CtiMessage) => void;
  readonly answered: () => boolean;
}

/** How questions of one name are answered at once: a body, or what the question asks for; null leaves them open. */
type Reflex = JsonObject | ((question: CtiMessage) => JsonObject | null);

/** The switch side of the bridge, played by a test. */
export interface ScriptedPeer {
  readonly peer: BridgePeer;
  /** Everything asked, in order, but for the control handshake once `reflex` takes it. */
  readonly asked: Tape<Asked>;
  /** Says something happened; gives the number of session events said so far. */
  readonly raise: (name: string, target: string, body?: JsonObject) => number;
  /** The same for an event that may never reach the engine. */
  readonly raiseUnheard: (name: string, target: string, body?: JsonObject) => void;
  readonly status: (status: ProcessorStatus, reason?: string) => void;
  /** Answers questions of that name from now on without the test; undefined leaves them to it. */
  readonly reflex: (name: string, reflex: Reflex | undefined) => void;
  readonly events: () => number;
}

/** A switch side of that processor. It answers the control handshake by itself until told otherwise. */
export const scriptedPeer = (processor: string): ScriptedPeer => {
  const asked = createTape<Asked>();
  const reflexes = new Map<string, Reflex>();
  let listener: (event: CtiMessage) => void = () => undefined;
  let events = 0;

  const emit = (name: string, target: string, body: JsonObject): void =>
    listener({ header: { type: 'cti.event', name, target }, body });
  const status: ScriptedPeer['status'] = (now, reason) =>
    emit('cti.status', controlTarget(processor), {
      status: now,
      ...(reason === undefined ? {} : { reason }),
    });

  const open = (question: CtiMessage, answer: (response: CtiMessage) => void): Asked => {
    let answered = false;
    const say = (response: CtiMessage): void => {
      answered = true;
      answer(response);
    };
    return {
      question,
      say,
      answered: () => answered,
      answer: (body = {}) => say(answerSuccess(question, body)),
      refuse: (why) => say(answerFailure(question, why)),
    };
  };

  const ask: BridgePeer['ask'] = (question, answer) => {
    const one = open(question, answer);
    const { name } = question.header;
    const reflex = reflexes.get(name);
    const body = typeof reflex === 'function' ? reflex(question) : reflex;
    const handshake = name === 'cti.request.status' || name === 'cti.query.capabilities';
    if (!handshake || reflex === undefined) asked.push(one);
    if (body === undefined || body === null) return;
    if (typeof body.refuse === 'string') one.refuse(body.refuse);
    else one.answer(body);
    if (name === 'cti.request.status') status('STARTED');
  };

  reflexes.set('cti.request.status', {});
  reflexes.set('cti.query.capabilities', {});
  return {
    peer: { ask, onEvent: (heard) => (listener = heard) },
    asked,
    raise: (name, target, body = {}) => {
      emit(name, target, body);
      return (events += 1);
    },
    raiseUnheard: (name, target, body = {}) => emit(name, target, body),
    status,
    reflex: (name, reflex) =>
      void (reflex === undefined ? reflexes.delete(name) : reflexes.set(name, reflex)),
    events: () => events,
  };
};
