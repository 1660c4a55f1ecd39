import { loadConfig } from '@cordboard/runtime';
import { SessionConfig } from './session-config.ts';

const ENV = {
  CORDBOARD_DATABASE_URL: 'postgres://app:secret@127.0.0.1:5432/cordboard',
  CORDBOARD_NATS_URL: 'nats://cordboard:secret@127.0.0.1:4222',
};

const problemsOf = (env: Record<string, string>): readonly string[] => {
  const loaded = loadConfig(SessionConfig, env);
  return loaded.ok ? [] : loaded.error;
};

describe('the configuration of a session worker', () => {
  it('needs the database and NATS, and has a default for the rest', () => {
    expect(problemsOf({})).toEqual([
      expect.stringMatching(/^CORDBOARD_NATS_URL is not set; set it to nats:/),
      expect.stringMatching(/^CORDBOARD_DATABASE_URL is not set; set it to postgres:/),
    ]);
    const loaded = loadConfig(SessionConfig, ENV);
    expect(loaded.ok && loaded.value.config).toMatchObject({
      processor: 'sim',
      dataDir: '.cordboard',
      resumeMs: 120_000,
      resumePolicy: 'keep',
      unboundMs: 300_000,
      reconcileMs: 60_000,
      passivateMs: 600_000,
      watchdogMs: 1_000,
    });
  });

  it.each([
    ['CORDBOARD_RESUME_POLICY', 'forget'],
    ['CORDBOARD_RESUME_MS', 'soon'],
    ['CORDBOARD_RESUME_MS', '1'],
    ['CORDBOARD_UNBOUND_MS', '99999999999'],
    ['CORDBOARD_RECONCILE_MS', '4999'],
    ['CORDBOARD_RECONCILE_MS', '3600001'],
    ['CORDBOARD_RECONCILE_MS', '-1'],
    ['CORDBOARD_RECONCILE_MS', 'never'],
    ['CORDBOARD_PASSIVATE_MS', '999'],
    ['CORDBOARD_WATCHDOG_MS', '199'],
    ['CORDBOARD_WATCHDOG_MS', '60001'],
    ['CORDBOARD_PROCESSOR', 'a b'],
    ['CORDBOARD_NATS_URL', 'http://127.0.0.1'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(problemsOf({ ...ENV, [name]: value })).toEqual([expect.stringContaining(`${name} is `)]);
  });

  it.each(['0', '5000', '3600000'])('takes CORDBOARD_RECONCILE_MS=%s', (ms) => {
    expect(problemsOf({ ...ENV, CORDBOARD_RECONCILE_MS: ms })).toEqual([]);
  });

  it.each(['CORDBOARD_PASSIVATE_MS', 'CORDBOARD_WATCHDOG_MS'])('takes %s=0 for never', (name) => {
    expect(problemsOf({ ...ENV, [name]: '0' })).toEqual([]);
  });

  it('never shows a secret', () => {
    const problems = problemsOf({ ...ENV, CORDBOARD_DATABASE_URL: 'mysql://app:hunter2@db/x' });
    expect(problems.join()).not.toContain('hunter2');
  });
});
