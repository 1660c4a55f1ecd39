import { runApp } from '@cordboard/runtime';
import { Admission } from './access/admission.ts';
import { EdgeConfig } from './edge-config.ts';
import { EdgeModule } from './edge.module.ts';
import { liveProviders } from './live-providers.ts';
import { AgentWsAdapter } from './socket/agent-ws-adapter.ts';

await runApp({
  name: 'edge',
  config: EdgeConfig,
  module: EdgeModule.with(liveProviders),
  port: (config) => config.port,
  setup: (app) => {
    app.useWebSocketAdapter(new AgentWsAdapter(app, app.get(Admission, { strict: false })));
  },
});
