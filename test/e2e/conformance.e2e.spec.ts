import {
  developmentTokens,
  exchangePages,
  formatReport,
  hasFailed,
  type Report,
  runConformance,
  simulatedPhoneSystem,
  writeExchanges,
} from '@cordboard/conformance';
import { type Stack, startStack } from '@cordboard/testing';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGES = join(process.cwd(), 'docs', 'protocol');
const AGENTS = Array.from({ length: 8 }, (_, index) => String(1001 + index));

let stack: Stack;
let report: Report;

beforeAll(async () => {
  stack = await startStack({ workers: 2 });
  report = await runConformance({
    url: stack.agentUrl,
    agents: AGENTS,
    password: 'demo',
    token: developmentTokens(stack.edgeUrl),
    world: simulatedPhoneSystem(stack.simulatorUrl),
  });
  if (process.env['CORDBOARD_RECORD'] === 'true' && !hasFailed(report)) writeExchanges(report, PAGES);
}, 240_000);
afterAll(async () => stack.stop());

describe('the agent session protocol, over a real socket', () => {
  it('is kept in every row', () => {
    const wrong = report.entries.filter(({ status }) => status !== 'ok');
    expect(wrong.map(({ row, check, expected, got }) => ({ row, check, expected, got }))).toEqual([]);
    expect(formatReport(report)).toContain(', 0 failed, 0 not run;');
  });

  it('is shown by the example exchanges in docs/protocol', () => {
    const written = existsSync(PAGES)
      ? readdirSync(PAGES).filter((name) => /^[a-z]+\.[a-z.]+\.md$/.test(name))
      : [];
    const committed = Object.fromEntries(
      written.map((name) => [name, readFileSync(join(PAGES, name), 'utf8')]),
    );
    // Written anew by: CORDBOARD_RECORD=true npm run e2e -- conformance
    expect(Object.fromEntries(exchangePages(report))).toEqual(committed);
  });
});

/** `cordboard conformance` as a person would run it; gives its exit code and what it wrote to stdout. */
const command = async (...args: readonly string[]): Promise<{ code: number; stdout: string }> => {
  const cli = join(process.cwd(), 'apps', 'cli', 'bin', 'cordboard.mjs');
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, 'conformance', ...args], (error, stdout) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout }),
    );
  });
};

describe('cordboard conformance', () => {
  it('reports by row, and says what was not run without a caller', async () => {
    const { code, stdout } = await command(
      '--url',
      stack.agentUrl,
      '--agent',
      '1009',
      '--only',
      'channel.request.ready',
    );
    expect(stdout).toContain('ok       channel.request.ready');
    expect(stdout).toContain('not run: needs a caller');
    expect(code).toBe(0);
  });

  it('writes its report as JSON', async () => {
    const { stdout } = await command(
      '--url',
      stack.agentUrl,
      '--agent',
      '1009',
      '--only',
      'observe',
      '--json',
    );
    expect(JSON.parse(stdout)).toMatchObject({ url: stack.agentUrl, entries: expect.any(Array) as unknown });
  });

  it.each([
    ['an address that is none', ['--url', 'nowhere']],
    ['a token that is none', ['--url', 'ws://127.0.0.1:1', '--token', 'x']],
  ])('ends with one line and a code for %s', async (_what, args) => {
    expect((await command(...args)).code).toBe(1);
  });
});
