import { ok } from '@cordboard/kernel';
import { type Decision, reject } from '../lookup.ts';
import { type Patience, type SwitchState } from '../model.ts';
import { type HouseOperation, type Wished } from '../switch-input.ts';

const MAX_MS = 3_600_000;

const fits = (ms: number): boolean => Number.isInteger(ms) && ms >= 100 && ms <= MAX_MS;

/** How long things may alert from now on; what alerts already keeps its time. */
const setPatience = ({ patience }: SwitchState, wanted: Wished<Patience>): Decision => {
  const next: Patience = {
    queueCallMs: wanted.queueCallMs ?? patience.queueCallMs,
    queueContactMs: wanted.queueContactMs ?? patience.queueContactMs,
    directMs: wanted.directMs ?? patience.directMs,
  };
  return Object.values(next).every(fits)
    ? ok([{ type: 'PatienceChanged', patience: next }])
    : reject('invalid', `times must be 100 to ${String(MAX_MS)} ms`);
};

/** Decides what happens to the switch as a whole. */
export const decideHouseOperation = (state: SwitchState, input: HouseOperation): Decision =>
  input.kind === 'restart' ? ok([{ type: 'SwitchRestarted' }]) : setPatience(state, input.patience);
