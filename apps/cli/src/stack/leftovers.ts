import { endProcess, leftovers, type Remembered } from '@cordboard/embedded';

const GRACE_MS = 10_000;

const rankOf = ({ name }: Remembered): number => ['nats', 'postgres'].indexOf(name);

/** Ends what an earlier start left running when it was killed, servers last; gives how many there were. */
export const endLeftovers = async (runFolder: string, own: string): Promise<number> => {
  const found = leftovers(runFolder).filter(({ name }) => name !== own);
  const ordered = [...found].sort((a, b) => rankOf(a) - rankOf(b));
  for (const process of ordered) {
    await endProcess(process, process.name === 'postgres' ? 'SIGINT' : 'SIGTERM', GRACE_MS);
  }
  return found.length;
};

/** Ends everything at once: the second Ctrl-C. */
export const killAll = async (runFolder: string, own: string): Promise<void> => {
  await Promise.all(
    leftovers(runFolder)
      .filter(({ name }) => name !== own)
      .map((process) => endProcess(process, process.name === 'postgres' ? 'SIGQUIT' : 'SIGKILL', 2000)),
  );
};
