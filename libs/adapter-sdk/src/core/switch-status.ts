import { type CtiMessage, controlTarget, type ProcessorStatus } from '@cordboard/cti-protocol';
import { eventMessage } from './event-message.ts';

/** How the link to the switch is. Nobody hears so before the status was asked for (bridge D.2). */
export interface SwitchStatus {
  /** The status was asked for, and that was answered. */
  readonly asked: () => void;
  readonly set: (status: ProcessorStatus, reason?: string) => void;
  readonly is: () => ProcessorStatus;
}

export const createSwitchStatus = (
  processor: string,
  first: ProcessorStatus,
  emit: (event: CtiMessage) => void,
): SwitchStatus => {
  let status = first;
  let reason: string | undefined;
  let isAsked = false;
  const say = (): void => {
    const body = reason === undefined ? { status } : { status, reason };
    emit(eventMessage('cti.status', controlTarget(processor), body));
  };
  return {
    asked: () => {
      isAsked = true;
      say();
    },
    set: (next, why) => {
      if (status === next && reason === why) return;
      status = next;
      reason = why;
      if (isAsked) say();
    },
    is: () => status,
  };
};
