import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, natsBinary } from '@cordboard/embedded';
import { eventually } from '@cordboard/testing';
import { connectNats } from '@cordboard/bus';
import { cpuSecondsOf } from '../harness/cpu.ts';

/** One of two NATS servers with a route between them. */
export interface ClusterNode {
  readonly url: string;
  /** Bytes of memory that the process has. */
  readonly resident: () => number;
  /** Seconds of processor time that the process has used. */
  readonly cpuS: () => number;
  readonly stop: () => Promise<void>;
}

const PAGE_BYTES = 4_096;

const residentOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;

const startNode = async (binary: string, name: string, route: number, others: readonly number[]) => {
  const port = await freePort();
  const routes = others.map((other) => `nats-route://127.0.0.1:${other}`).join(',');
  const flags = ['-a', '127.0.0.1', '-p', String(port), '-n', name, '--cluster_name', 'bench'];
  const cluster = ['--cluster', `nats://127.0.0.1:${route}`, ...(routes === '' ? [] : ['--routes', routes])];
  const child: ChildProcess = spawn(binary, [...flags, ...cluster], { stdio: 'ignore' });
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  const pid = child.pid ?? 0;
  const url = `nats://127.0.0.1:${port}`;
  await eventually(async () => {
    const bus = await connectNats({ url, name: 'bench-look' });
    await bus.drain();
    return true as const;
  });
  return {
    url,
    resident: () => residentOf(pid),
    cpuS: () => cpuSecondsOf(pid),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** Two servers of one cluster, without JetStream. */
export const startCluster = async (): Promise<readonly [ClusterNode, ClusterNode]> => {
  const binary = await natsBinary(join(process.cwd(), '.cordboard', 'bin'));
  const [one, other] = [await freePort(), await freePort()];
  const first = await startNode(binary, 'one', one, []);
  return [first, await startNode(binary, 'other', other, [one])];
};
