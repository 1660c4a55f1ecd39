import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** One process, once: a pid comes back after a while, a pid with its start time never does. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

const fromProc = (pid: number): string | null => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command, in brackets, may hold spaces; what follows the last bracket has fixed places.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}:${fields[19]}`;
};

const fromPs = (pid: number): string | null => {
  const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '');
};

/** When a process started, in words that only its own platform compares; null when it does not run. */
const startTimeOf = (pid: number): string | null => {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return null;
  }
};

/** The identity of a running process; null when it has ended already. */
export const identify = (pid: number): ProcessIdentity | null => {
  const startedAt = startTimeOf(pid);
  return startedAt === null ? null : { pid, startedAt };
};

/** Whether this very process, not a later one with its pid, still runs. */
export const isRunning = ({ pid, startedAt }: ProcessIdentity): boolean => startTimeOf(pid) === startedAt;

/** Sends a signal to the process; false when it is gone. */
export const signalProcess = (identity: ProcessIdentity, signal: NodeJS.Signals): boolean => {
  if (!isRunning(identity)) return false;
  try {
    return process.kill(identity.pid, signal);
  } catch {
    return false;
  }
};

/** Waits until the process is gone; false when it is still there after `timeoutMs`. */
export const waitForEnd = async (identity: ProcessIdentity, timeoutMs: number): Promise<boolean> => {
  const until = Date.now() + timeoutMs;
  while (isRunning(identity)) {
    if (Date.now() > until) return false;
    await delay(20);
  }
  return true;
};

/** Asks a process to end, and ends it for good after `graceMs`. */
export const endProcess = async (
  identity: ProcessIdentity,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<void> => {
  if (!signalProcess(identity, signal)) return;
  if (await waitForEnd(identity, graceMs)) return;
  signalProcess(identity, 'SIGKILL');
  await waitForEnd(identity, 5000);
};
