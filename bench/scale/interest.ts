import { type Bus, connectNats, subjects } from '@cordboard/bus';
import { sequentialIds } from '@cordboard/testing';
import { type ClusterNode, startCluster } from './cluster.ts';

/** What the cluster takes to know where so many sessions are. */
export interface InterestCost {
  readonly sessions: number;
  /** A session more at the server to which its owner is connected; at a server that only knows the way there. */
  readonly ownBytes: number;
  readonly otherBytes: number;
  /** Processor time of both servers for a session more, and until the other one knew of the last of them. */
  readonly cpuUs: number;
  readonly tookS: number;
}

const TENANT = 'demo';
/** Subscriptions are sent in portions, as sign-ins are. */
const PORTION = 1_000;
const TRIES_MS = 20;

/** Answers whoever asks at the other server for the session that was subscribed last. */
const known = async (asking: Bus, session: string): Promise<void> => {
  const subject = subjects.command(TENANT, { session }, 'look');
  for (;;) {
    const answered = await asking.request(subject, '', { timeoutMs: 5_000 });
    if (answered.ok) return;
    await new Promise((resolve) => setTimeout(resolve, TRIES_MS));
  }
};

const subscribeAll = async (owner: Bus, sessions: number): Promise<string> => {
  const ids = sequentialIds();
  let last = '';
  for (let n = 0; n < sessions; n += 1) {
    last = ids.next();
    owner.subscribe(subjects.commandsOf(TENANT, last), (message) => message.reply?.(''), { queue: 'owner' });
    if (n % PORTION === PORTION - 1) await owner.flush();
  }
  return last;
};

const cpuOf = (nodes: readonly ClusterNode[]): number => nodes.reduce((sum, node) => sum + node.cpuS(), 0);

/**
 * Ownership by interest on paper needs a number: what one more owned session costs every server of a cluster. An
 * owner at one server subscribes for each of its sessions, a sender at the other one waits until it can be reached.
 */
export const interestCost = async (sessions: number): Promise<InterestCost> => {
  const nodes = await startCluster();
  const [home, away] = nodes;
  const open = (node: ClusterNode, name: string): Promise<Bus> => connectNats({ url: node.url, name });
  const [owner, asking] = await Promise.all([open(home, 'bench-owner'), open(away, 'bench-asking')]);
  try {
    await known(asking, await subscribeAll(owner, 1));
    const before = [home.resident(), away.resident()] as const;
    const cpuBefore = cpuOf(nodes);
    const since = performance.now();
    await known(asking, await subscribeAll(owner, sessions));
    return {
      sessions,
      ownBytes: (home.resident() - before[0]) / sessions,
      otherBytes: (away.resident() - before[1]) / sessions,
      cpuUs: ((cpuOf(nodes) - cpuBefore) * 1e6) / sessions,
      tookS: (performance.now() - since) / 1_000,
    };
  } finally {
    await Promise.all([owner.drain(), asking.drain()]);
    await Promise.all(nodes.map((node) => node.stop()));
  }
};
