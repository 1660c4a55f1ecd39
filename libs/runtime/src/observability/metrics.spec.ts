import { createMetrics } from './metrics.ts';

describe('metrics', () => {
  it('counts, sets and observes under the name of the house and of the app', async () => {
    const metrics = createMetrics('edge');
    const commands = metrics.counter({
      name: 'commands_total',
      help: 'Commands answered',
      labels: { result: ['success', 'failure'] },
    });
    const sockets = metrics.gauge({ name: 'sockets', help: 'Open sockets' });
    const waits = metrics.histogram({ name: 'wait_seconds', help: 'Time to the answer', buckets: [0.1, 1] });
    commands.add({ result: 'success' });
    commands.add({ result: 'success' }, 2);
    commands.add({ result: 'failure' });
    sockets.set(7);
    waits.observe(0.5);
    const text = await metrics.text();
    expect(text).toContain('cordboard_commands_total{result="success",app="edge"} 3');
    expect(text).toContain('cordboard_commands_total{result="failure",app="edge"} 1');
    expect(text).toContain('cordboard_sockets{app="edge"} 7');
    expect(text).toContain('cordboard_wait_seconds_bucket{le="0.1",app="edge"} 0');
    expect(text).toContain('cordboard_wait_seconds_bucket{le="1",app="edge"} 1');
    expect(text).toContain('cordboard_process_resident_memory_bytes');
  });

  it('never grows with what comes from outside: an unknown value is `other`', async () => {
    const metrics = createMetrics('edge');
    const commands = metrics.counter({ name: 'x_total', help: 'x', labels: { name: ['known'] } });
    for (let index = 0; index < 1_000; index += 1) commands.add({ name: `made-up-${index}` as 'known' });
    const series = (await metrics.text()).split('\n').filter((line) => line.startsWith('cordboard_x_total{'));
    expect(series).toEqual(['cordboard_x_total{name="other",app="edge"} 1000']);
  });

  it('refuses the same name twice', () => {
    const metrics = createMetrics('edge');
    metrics.gauge({ name: 'sockets', help: 'x' });
    expect(() => metrics.gauge({ name: 'sockets', help: 'x' })).toThrow('already been registered');
  });
});
