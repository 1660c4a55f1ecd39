import { createMetrics } from '@cordboard/runtime';
import { createEdgeCounters } from './edge-counters.ts';

describe('createEdgeCounters', () => {
  it('shows every counter from the start, and counts', async () => {
    const metrics = createMetrics('edge');
    const { count, connected } = createEdgeCounters(metrics);
    count('floods');
    count('floods');
    connected(3);
    const text = await metrics.text();
    expect(text).toMatch(/^cordboard_edge_floods_total\{app="edge"\} 2$/m);
    expect(text).toMatch(/^cordboard_edge_commands_answered_total\{app="edge"\} 0$/m);
    expect(text).toMatch(/^cordboard_edge_sockets\{app="edge"\} 3$/m);
  });
});
