import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { natsBinary } from '@cordboard/embedded';

/** On what it was measured, as far as others can compare it with theirs. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** What takes part beside the servers, by the name of its package. */
const PACKAGES = [
  'pg',
  'ws',
  '@nats-io/transport-node',
  '@event-driven-io/emmett',
  '@event-driven-io/emmett-postgresql',
  '@eventide/message-db',
  'socket.io',
];

const versionOf = (root: string, name: string): readonly (readonly [string, string])[] => {
  const file = join(root, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return [];
  return [[name, String((JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown }).version)]];
};

const natsVersion = async (root: string): Promise<string> => {
  const said = execFileSync(await natsBinary(join(root, '.cordboard', 'bin')), ['--version'], {
    encoding: 'utf8',
  });
  return /v?([0-9][^\s]*)/.exec(said)?.[1] ?? said.trim();
};

/** The revision that is measured, with a `+` when files were changed since; nothing where git does not tell. */
const revisionOf = (root: string): readonly (readonly [string, string])[] => {
  try {
    const git = (...args: readonly string[]): string =>
      execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return [['cordboard', `${git('rev-parse', '--short', 'HEAD')}${changed ? '+' : ''}`]];
  } catch {
    return [];
  }
};

/** Facts about this machine and what runs on it; `root` is the folder of the project. */
export const machineOf = async (root: string, postgresVersion: string): Promise<Machine> => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: totalmem() / 2 ** 30,
  system: `${type()} ${release().split('-')[0] ?? ''}, ${process.arch}`,
  versions: Object.fromEntries([
    ...revisionOf(root),
    ['node', process.versions.node],
    ['postgres', postgresVersion],
    ['nats-server', await natsVersion(root)],
    ...PACKAGES.flatMap((name) => versionOf(root, name)),
  ]),
});

/** The same text for machines whose times can be compared. */
export const sameMachine = ({ cpu, cores, system }: Machine): string =>
  `${cpu}, ${cores} cores, ${system.split(' ')[0]}`;
