import { createMetrics } from '@cordboard/runtime';
import { createEdgeCounters } from './edge-counters.ts';

describe('createEdgeCounters', () => {
  it('shows every counter from the start, and counts', async () => {
    const metrics = createMetrics('edge');
    const { count, connected, resumed, kept } = createEdgeCounters(metrics);
    count('floods');
    count('floods');
    connected(3);
    resumed('ring');
    kept(7);
    const text = await metrics.text();
    expect(text).toMatch(/^cordboard_edge_floods_total\{app="edge"\} 2$/m);
    expect(text).toMatch(/^cordboard_edge_commands_answered_total\{app="edge"\} 0$/m);
    expect(text).toMatch(/^cordboard_edge_sockets\{app="edge"\} 3$/m);
    expect(text).toMatch(/^cordboard_edge_resumes_total\{from="ring",app="edge"\} 1$/m);
    expect(text).toMatch(/^cordboard_edge_ring_bytes\{app="edge"\} 7$/m);
  });
});
