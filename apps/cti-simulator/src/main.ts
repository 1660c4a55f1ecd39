import { runApp } from '@cordboard/runtime';
import { setUpHttp } from './http-setup.ts';
import { SimulatorConfig } from './simulator-config.ts';
import { SimulatorModule } from './simulator.module.ts';

await runApp({
  name: 'cti-simulator',
  config: SimulatorConfig,
  module: SimulatorModule,
  port: (config) => config.port,
  setup: setUpHttp,
});
