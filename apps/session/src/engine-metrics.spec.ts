import { createMetrics } from '@cordboard/runtime';
import { createEngineMetrics } from './engine-metrics.ts';

describe('the metrics of a session worker', () => {
  it.each([
    ['cordboard_engine_sessions_owned', '7'],
    ['cordboard_engine_commands_total', '2'],
    ['cordboard_engine_reconciliations_total', '3', 'cause="adapter-restarted"', 'outcome="done"'],
    ['cordboard_engine_links_lost_total', '1', 'reason="silent"'],
    ['cordboard_engine_surveys_total', '1', 'outcome="same"'],
    ['cordboard_engine_adapters', '4', 'status="STARTED"'],
    ['cordboard_engine_reconciliations_waiting', '5'],
  ])('tell %s %s', async (name, value, ...labels) => {
    const metrics = createMetrics('session');
    const engine = createEngineMetrics(metrics);
    engine.owned(7);
    engine.count('commands');
    engine.count('commands');
    engine.count('reconciliations', 3, { cause: 'adapter-restarted', outcome: 'done' });
    engine.count('links_lost', 1, { reason: 'silent' });
    engine.count('surveys', 1, { outcome: 'same' });
    engine.level('adapters', 4, { status: 'STARTED' });
    engine.level('reconciliations_waiting', 5);
    const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith(`${name}{`));
    expect(lines).toHaveLength(1);
    for (const label of labels) expect(lines[0]).toContain(label);
    expect(lines[0]).toMatch(new RegExp(`} ${value}$`));
  });
});
