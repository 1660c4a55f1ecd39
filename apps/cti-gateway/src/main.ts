import { runApp } from '@cordboard/runtime';
import { GatewayConfig } from './gateway-config.ts';
import { GatewayLife } from './gateway-life.ts';
import { GatewayModule } from './gateway.module.ts';

await runApp({
  name: 'cti-gateway',
  config: GatewayConfig,
  module: GatewayModule,
  ports: (app) => ({ cti: app.get(GatewayLife, { strict: false }).port }),
});
