// region: interface
/** Who may use the phone system, and with which secret. */
export interface Subscriber {
  readonly number: string;
  readonly name: string;
  readonly pin: string;
}

/** One phone: off, closed (somebody is there but takes no calls, for a reason) or open for calls. */
export interface Phone extends Subscriber {
  readonly mode: 'off' | 'closed' | 'open';
  readonly reason: string;
  /** A call on it is not wrapped up yet. */
  readonly inUse: boolean;
}

/** A call as one phone has it. The two sides of a call between two phones are two of these. */
export interface Call {
  readonly id: string;
  readonly phone: string;
  readonly other: { readonly number: string; readonly name?: string | undefined };
  /** By this phone; else it is called. */
  readonly dialled: boolean;
  readonly state: 'ringing' | 'calling' | 'talking' | 'held' | 'muted' | 'over';
  /** The other side, when that is a phone of ours, too. */
  readonly twin?: string | undefined;
}

/** What the phone system tells: how a phone or a call is now, and how it was; a new call was nothing. */
export interface PhoneNotice {
  readonly phone: Phone;
  readonly was: Phone['mode'];
}
export interface CallNotice {
  readonly call: Call;
  readonly was: Call['state'] | null;
}
type Notice = PhoneNotice | CallNotice;

/** Called once, later: null when it was done, else the problem. */
export type Done = (problem: string | null) => void;

// region: inside
const isOpen = ({ state }: Call): boolean => state !== 'over';
const isUp = ({ state }: Call): boolean => state === 'talking' || state === 'held' || state === 'muted';

/**
 * A phone system for the tutorial: a few phones with one line each, all in memory. It has an interface of its own,
 * as phone systems do: numbers, callbacks, and notices of what has changed.
 */
export const createLittleSwitch = (subscribers: readonly Subscriber[]) => {
  const phones = new Map<string, Phone>();
  const calls = new Map<string, Call>();
  const listeners: ((notice: Notice) => void)[] = [];
  let made = 0;

  for (const one of subscribers) phones.set(one.number, { ...one, mode: 'off', reason: '', inUse: false });
  const tell = (notice: Notice): void => listeners.forEach((listener) => listener(notice));

  const setPhone = (phone: Phone, change: Partial<Phone>): void => {
    const now = { ...phone, ...change };
    phones.set(now.number, now);
    tell({ phone: now, was: phone.mode });
  };

  const setCall = (call: Call, state: Call['state']): void => {
    const now = { ...call, state };
    calls.set(now.id, now);
    tell({ call: now, was: call.state });
  };

  const newCall = (phone: Phone, given: Omit<Call, 'id' | 'phone'>): Call => {
    setPhone(phone, { inUse: true });
    made += 1;
    const call: Call = { ...given, id: `c${made}`, phone: phone.number };
    calls.set(call.id, call);
    tell({ call, was: null });
    return call;
  };

  const sidesOf = (call: Call): readonly Call[] => {
    const twin = call.twin === undefined ? undefined : calls.get(call.twin);
    return twin === undefined || !isOpen(twin) ? [call] : [call, twin];
  };
  const connect = (call: Call): void => sidesOf(call).forEach((side) => setCall(side, 'talking'));
  const end = (call: Call): void => sidesOf(call).forEach((side) => setCall(side, 'over'));

  const later = (done: Done, problem: string | null): void => void setImmediate(() => done(problem));

  /** Changes a phone, unless it is not there or may not change so. */
  const onPhone = (may: (phone: Phone) => string | null, change: (phone: Phone) => void) => {
    return (number: string, done: Done): void => {
      const phone = phones.get(number);
      const problem = phone === undefined ? 'there is no such phone' : may(phone);
      if (phone !== undefined && problem === null) change(phone);
      later(done, problem);
    };
  };

  /** Changes a call, unless it is gone or in the wrong state. */
  const onCall = (may: (call: Call) => boolean, change: (call: Call) => void) => {
    return (id: string, done: Done): void => {
      const call = calls.get(id);
      const fits = call !== undefined && may(call);
      if (fits) change(call);
      later(done, fits ? null : `the call is ${call?.state ?? 'gone'}`);
    };
  };

  const dial = (phone: Phone, number: string): void => {
    const target = phones.get(number);
    const out = newCall(phone, { other: { number, name: target?.name }, dialled: true, state: 'calling' });
    if (target === undefined) return;
    if (target.mode === 'off' || target.inUse) return setCall(out, 'over');
    const other = { number: phone.number, name: phone.name };
    const ringing = newCall(target, { other, dialled: false, state: 'ringing', twin: out.id });
    calls.set(out.id, { ...out, twin: ringing.id });
  };

  const wrapUp = (call: Call): void => {
    const phone = phones.get(call.phone);
    calls.delete(call.id);
    if (phone !== undefined) setPhone(phone, { inUse: false });
  };

  const isThere = (): null => null;
  const isOn = ({ mode }: Phone): string | null => (mode === 'off' ? 'the phone is off' : null);
  const isUnused = ({ inUse }: Phone): string | null => (inUse ? 'the phone is in use' : null);
  const isFree = (phone: Phone): string | null => isOn(phone) ?? isUnused(phone);

  return {
    onNotice: (listener: (notice: Notice) => void): void => void listeners.push(listener),
    phone: (number: string) => phones.get(number),
    call: (id: string) => calls.get(id),
    callsOf: (number: string) => [...calls.values()].filter(({ phone }) => phone === number),

    switchOn: onPhone(isThere, (phone) => {
      if (phone.mode === 'off') setPhone(phone, { mode: 'closed', reason: '' });
    }),
    switchOff: onPhone(isUnused, (phone) => {
      if (phone.mode !== 'off') setPhone(phone, { mode: 'off', reason: '' });
    }),
    open: onPhone(isOn, (phone) => setPhone(phone, { mode: 'open', reason: '' })),
    /** Keeps the phone on, without calls. */
    close: (number: string, reason: string, done: Done): void =>
      onPhone(isOn, (phone) => setPhone(phone, { mode: 'closed', reason }))(number, done),
    dial: (number: string, destination: string, done: Done): void =>
      onPhone(isFree, (phone) => dial(phone, destination))(number, done),

    pickUp: onCall(({ state }) => state === 'ringing', connect),
    hangUp: onCall(isOpen, end),
    hold: onCall(isUp, (call) => setCall(call, 'held')),
    takeBack: onCall(isUp, (call) => setCall(call, 'talking')),
    mute: onCall(
      ({ state }) => state === 'talking',
      (call) => setCall(call, 'muted'),
    ),
    wrapUp: onCall(({ state }) => state === 'over', wrapUp),

    /** What callers do: ring a phone that is free (the id of the call, or null), answer, hang up. */
    ring: (number: string, from: Call['other']): string | null => {
      const phone = phones.get(number);
      if (phone === undefined || isFree(phone) !== null) return null;
      return newCall(phone, { other: from, dialled: false, state: 'ringing' }).id;
    },
    otherAnswers: onCall(({ state }) => state === 'calling', connect),
    otherHangsUp: onCall(isOpen, end),
  };
};

export type LittleSwitch = ReturnType<typeof createLittleSwitch>;
