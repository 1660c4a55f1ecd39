import { MAX_ENDED_CALLS, MAX_TONES } from './limits.ts';
import { type Call, type SwitchState } from './model.ts';
import { type SwitchEvent } from './switch-event.ts';

type CallEvent = Extract<SwitchEvent, { readonly call: string }>;

const withoutLeg = (call: Call, leg: string): Call => ({
  ...call,
  legs: call.legs.filter((item) => item.leg !== leg),
});

const answered = (call: Call, at: number): Call => ({
  ...call,
  status: 'talking',
  timer: call.talkMs === null ? null : { at: at + call.talkMs, action: 'hang-up' },
});

const avoiding = (call: Call, agent: string, until: number): Call['avoid'] => [
  ...call.avoid.filter((item) => item.agent !== agent),
  { agent, until },
];

const changed = (call: Call, event: CallEvent): Call => {
  switch (event.type) {
    case 'LegOffered':
      return {
        ...call,
        status: event.offered.direction === 'inbound' ? 'ringing' : call.status,
        legs: [...call.legs, { agent: event.agent, leg: event.leg }],
      };
    case 'LegBusy':
    case 'LegFailed':
    case 'LegEnded':
      return withoutLeg(call, event.leg);
    case 'CallAnswered':
      return answered(call, event.at);
    case 'CallRequeued':
      return { ...call, status: 'queued', avoid: avoiding(call, event.agent, event.until) };
    case 'TonesSent':
      return {
        ...call,
        tones: { ...call.tones, [event.by]: (call.tones[event.by] + event.digits).slice(-MAX_TONES) },
      };
    case 'CallEnded':
      return { ...call, status: 'ended', timer: null, endedAt: event.at, endReason: event.reason };
    case 'CallPlaced':
    case 'LegRinging':
    case 'LegDialing':
    case 'LegStarted':
    case 'LegTalking':
    case 'LegHeld':
    case 'LegMuted':
    case 'PartyAdded':
    case 'LegCompleted':
      return call;
  }
};

const forgetOldest = (calls: SwitchState['calls']): SwitchState['calls'] => {
  const ended = Object.values(calls).filter(({ status }) => status === 'ended');
  if (ended.length <= MAX_ENDED_CALLS) return calls;
  const oldest = ended.reduce((first, call) => ((call.endedAt ?? 0) < (first.endedAt ?? 0) ? call : first));
  return Object.fromEntries(Object.entries(calls).filter(([id]) => id !== oldest.id));
};

/** Folds an event into the call that it concerns. */
export const evolveCall = (state: SwitchState, event: CallEvent): SwitchState => {
  if (event.type === 'CallPlaced') {
    return { ...state, idsMade: state.idsMade + 1, calls: { ...state.calls, [event.call]: event.placed } };
  }
  const call = state.calls[event.call];
  if (call === undefined) return state;
  const next = changed(call, event);
  if (next === call) return state;
  const calls = { ...state.calls, [call.id]: next };
  return { ...state, calls: event.type === 'CallEnded' ? forgetOldest(calls) : calls };
};
