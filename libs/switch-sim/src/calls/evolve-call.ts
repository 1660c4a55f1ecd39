import { MAX_TONES } from '../limits.ts';
import { agentOf, callOf } from '../lookup.ts';
import { type Call, type Member, type SwitchState } from '../model.ts';
import { putCall } from '../lists/put.ts';
import { emptyTable } from '../lists/table.ts';
import { type SwitchEvent } from '../switch-event.ts';
import { advance, afterAnswer } from './plan.ts';

type Of<Type extends SwitchEvent['type']> = Extract<SwitchEvent, { readonly type: Type }>;

const without = (call: Call, gone: (member: Member) => boolean): Call => ({
  ...call,
  members: call.members.filter((member) => !gone(member)),
});

const mapMember = (call: Call, number: string, change: (member: Member) => Member): Call => ({
  ...call,
  members: call.members.map((member) => (member.number === number ? change(member) : member)),
});

const answered = (member: Member, at: number): Member => {
  if (member.kind === 'queue') return member;
  const joined = { ...member, invited: null };
  return joined.kind === 'outside' ? afterAnswer(joined, at) : { ...joined, queue: null, until: null };
};

const rung = (member: Member, at: number): Member =>
  member.kind === 'outside'
    ? advance({ ...member, invited: member.invited && { ...member.invited, by: null } }, at)
    : member;

const withAgent = (state: SwitchState, call: Call, event: Of<'WorkOffered'> | Of<'ConsultOffered'>): Call => {
  const name = agentOf(state, event.agent)?.name;
  const joining = event.type === 'WorkOffered' ? event.joining : null;
  const leg = event.type === 'WorkOffered' ? event.offered.id : event.leg;
  const member: Member = {
    kind: 'agent',
    number: event.agent,
    name,
    work: event.work,
    leg,
    invited: joining?.invited ?? null,
    queue: joining?.queue ?? null,
    until: event.type === 'WorkOffered' ? event.until : null,
  };
  const place = joining?.queue;
  const others = call.members.filter(({ kind, number }) => kind !== 'queue' || number !== place?.number);
  return { ...call, members: [...others, member] };
};

const changed = (call: Call, event: SwitchEvent): Call => {
  switch (event.type) {
    case 'MemberInvited':
      return { ...call, members: [...call.members, event.member] };
    case 'LegBusy':
    case 'LegFailed':
    case 'LegEnded':
      return without(call, (member) => member.kind === 'agent' && member.leg === event.leg);
    case 'MemberLeft':
      return without(call, ({ number }) => number === event.number);
    case 'OutsideRings':
      return mapMember(call, event.number, (member) => rung(member, event.at));
    case 'CallAnswered':
      return mapMember(call, event.number, (member) => answered(member, event.at));
    case 'CallRequeued':
      return { ...call, members: [...call.members, event.place] };
    case 'CallLeftAlone':
      return { ...call, aloneUntil: event.until };
    case 'CallDataChanged':
      return { ...call, data: { ...call.data, ...event.changes } };
    case 'TonesSent':
      return {
        ...call,
        tones: { ...call.tones, [event.by]: (call.tones[event.by] + event.digits).slice(-MAX_TONES) },
      };
    case 'CallEnded':
      return { ...call, members: [], aloneUntil: null, endedAt: event.at, endReason: event.reason };
    default:
      return call;
  }
};

const merged = (state: SwitchState, { call: into, from }: Of<'CallsMerged'>): SwitchState => {
  const [kept, given] = [callOf(state, into), callOf(state, from)];
  if (kept === undefined || given === undefined) return state;
  const emptied = putCall(state, { ...given, members: [] });
  return putCall(emptied, { ...kept, members: [...kept.members, ...given.members] });
};

const cleared = (state: SwitchState): SwitchState => ({
  ...state,
  calls: emptyTable(state.maxCalls),
  lists: {
    ...state.lists,
    live: { ...state.lists.live, calls: 0 },
    ended: { ...state.lists.ended, calls: [] },
  },
});

const callIdOf = (event: SwitchEvent): string | null => {
  if (event.type === 'WorkOffered') return event.offered.primary?.call ?? null;
  return 'call' in event ? event.call : null;
};

/** Folds an event into the call that it concerns. All are ended before they are cleared. */
export const evolveCall = (state: SwitchState, event: SwitchEvent): SwitchState => {
  if (event.type === 'CallsCleared') return cleared(state);
  if (event.type === 'CallsMerged') return merged(state, event);
  if (event.type === 'CallPlaced') {
    return { ...putCall(state, event.placed), idsMade: state.idsMade + 1 };
  }
  const id = callIdOf(event);
  const call = id === null ? undefined : callOf(state, id);
  if (call === undefined) return state;
  const next =
    event.type === 'WorkOffered' || event.type === 'ConsultOffered'
      ? withAgent(state, call, event)
      : changed(call, event);
  return next === call ? state : putCall(state, next);
};
