import { type FrameIn } from '@cordboard/cti-protocol';
import { err, ok, type Result } from '@cordboard/kernel';
import { type Caller, type Hello } from './admission.ts';
import { type GatewayPorts } from './gateway-ports.ts';
import { readHello } from './read-hello.ts';

interface Outcome {
  /** It is this processor. */
  readonly admit: (processor: string) => void;
  readonly refuse: (why: string) => void;
}

/** Finds out who connected: by what it says first, or when it has said nothing for a while. */
export interface Introduction {
  /** True when the frame was a hello: then it holds nothing else. */
  readonly take: (frame: FrameIn) => boolean;
  readonly end: () => void;
}

/** Null when it is some other message. What no frame of ours begins with is some other protocol. */
const helloIn = (frame: FrameIn): Result<Hello | null, string> => {
  if (frame.kind === 'broken') return err(frame.why);
  return frame.kind === 'frame' ? readHello(frame.text) : ok(null);
};

export const createIntroduction = (
  { admission, clock }: Pick<GatewayPorts, 'admission' | 'clock'>,
  caller: Caller,
  { admit, refuse }: Outcome,
): Introduction => {
  let processor: string | null = null;
  let isFirst = true;

  const settle = (hello: Hello | null): void => {
    stopWaiting();
    const admitted = admission.admit(caller, hello);
    if (!admitted.ok) return refuse(admitted.error);
    processor = admitted.value;
    admit(processor);
  };
  const stopWaiting = clock.after(admission.patienceMs(caller), () => settle(null));

  // It was taken for whom the gateway expects without a hello, perhaps wrongly; closed, it comes again.
  const checkLate = (hello: Hello): void => {
    const admitted = admission.admit(caller, hello);
    if (!admitted.ok || admitted.value !== processor) refuse('its hello came too late');
  };

  return {
    take: (frame) => {
      if (!isFirst) return false;
      isFirst = false;
      const hello = helloIn(frame);
      if (!hello.ok) refuse(hello.error);
      else if (processor === null) settle(hello.value);
      else if (hello.value !== null) checkLate(hello.value);
      return !hello.ok || hello.value !== null;
    },
    end: stopWaiting,
  };
};
