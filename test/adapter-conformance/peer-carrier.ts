import { type BridgePeer } from '@cordboard/adapter-sdk';
import { type Carrier, type Said } from '@cordboard/conformance';
import { type CtiMessage } from '@cordboard/cti-protocol';

/** Ties the kit to a peer in the same process, with nothing between that could mend what is broken. */
export const peerCarrier = (peer: BridgePeer): Carrier => {
  let listener: (said: Said) => void = () => undefined;
  const say = (message: CtiMessage): void => listener({ text: JSON.stringify(message) });
  peer.onEvent(say);
  return {
    kind: 'memory',
    where: 'this process',
    found: () => Promise.resolve(),
    hear: (next) => void (listener = next),
    send: (question) => peer.ask(JSON.parse(JSON.stringify(question)) as CtiMessage, say),
    own: () => () => undefined,
    close: () => Promise.resolve(),
  };
};
