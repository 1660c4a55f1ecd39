import { type AdapterReport } from '@cordboard/conformance';
import { freePort, type Stack, startStack } from '@cordboard/testing';
import { type ChildProcess, execFile } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(process.cwd(), 'apps', 'cli', 'bin', 'cordboard.mjs');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `cordboard conformance` as a person would run it. */
const command = (
  args: readonly string[],
  begun: (child: ChildProcess) => void = () => undefined,
): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, 'conformance', ...args], { maxBuffer: 16_777_216 });
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (text: string) => (stdout += text));
    child.stderr?.on('data', (text: string) => (stderr += text));
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
    begun(child);
  });

const failures = (stdout: string): AdapterReport['entries'] =>
  (JSON.parse(stdout) as AdapterReport).entries.filter(({ status }) => status === 'failed');

const isLoggedIn = async ({ simulatorUrl }: Stack, agent: string): Promise<unknown> => {
  const response = await fetch(new URL(`/v1/agents/${agent}`, simulatorUrl));
  return ((await response.json()) as { readonly agent: { readonly loggedIn: boolean } }).agent.loggedIn;
};

describe('cordboard conformance --adapter, on a running stack', () => {
  let stack: Stack;
  const over = (): readonly string[] => [
    '--adapter',
    'sim',
    '--nats',
    stack.nats.url,
    '--simulator',
    stack.simulatorUrl,
  ];

  beforeAll(async () => {
    stack = await startStack({ workers: 1, edge: false });
  }, 60_000);
  afterAll(async () => stack.stop());

  it('passes the simulated switch at every level, and reports as JSON', async () => {
    const { code, stdout, stderr } = await command([...over(), '--json']);
    expect(failures(stdout)).toEqual([]);
    expect(stderr).toContain('ok      recovery D.15');
    expect(code).toBe(0);
  });

  it('says what was not run, and why, without a phone system', async () => {
    const { code, stdout } = await command([
      ...over().slice(0, 4),
      '--level',
      'multimedia',
      '--only',
      'D.16',
    ]);
    expect(stdout).toContain('not run  multimedia  (0 ok, 5 not run)');
    expect(stdout).toContain('5 not run: needs a phone system to act on: give --simulator');
    expect(code).toBe(0);
  });

  it('logs out what it logged in when it is stopped', async () => {
    const { code, stdout } = await command(over(), (child) => {
      child.stderr?.on('data', (text: string) => {
        if (text.includes('basic D.5-D.6')) child.kill('SIGINT');
      });
    });
    expect(stdout).toContain('not run: the run was stopped');
    expect(await Promise.all(['1008', '1009', '1010'].map((agent) => isLoggedIn(stack, agent)))).toEqual([
      false,
      false,
      false,
    ]);
    expect(code).toBe(130);
  });

  it.each([
    ['neither an edge nor an adapter', []],
    ['both', ['--url', 'ws://127.0.0.1:1', '--adapter', 'sim']],
    ['a level that there is not', ['--adapter', 'sim', '--level', 'easy']],
    ['an address to listen on that is none', ['--adapter', 'sim', '--listen', 'here']],
    ['no NATS server', ['--adapter', 'sim', '--nats', 'nats://127.0.0.1:1']],
  ])('ends with one line and a code for %s', async (_what, args) => {
    const { code, stdout, stderr } = await command(args);
    expect([code, stdout, stderr.trim().split('\n')]).toEqual([1, '', [expect.stringMatching(/give|Give/)]]);
  });
});

describe('cordboard conformance --adapter --listen', () => {
  it('passes the simulated switch, which connects to it over TCP', async () => {
    const listen = `127.0.0.1:${await freePort()}`;
    const stack = await startStack({
      workers: 0,
      edge: false,
      settings: { CORDBOARD_CTI_URL: `tcp://${listen}` },
    });
    try {
      const args = ['--adapter', 'sim', '--listen', listen, '--simulator', stack.simulatorUrl, '--json'];
      const { code, stdout } = await command([...args, '--level', 'recovery']);
      expect(failures(stdout)).toEqual([]);
      expect(code).toBe(0);
    } finally {
      await stack.stop();
    }
  });
});
