import 'reflect-metadata';
import { type Bus, createNestStrategy } from '@cordboard/bus';
import { runApp } from '@cordboard/runtime';
import { SessionConfig } from './session-config.ts';
import { SessionModule } from './session.module.ts';
import { BUS } from './tokens.ts';

await runApp({
  name: 'session',
  config: SessionConfig,
  module: SessionModule,
  setup: (app) => {
    app.connectMicroservice({ strategy: createNestStrategy(app.get<Bus>(BUS)) });
  },
});
