import 'reflect-metadata';
import { runApp } from '@cordboard/runtime';
import { type CustomTransportStrategy } from '@nestjs/microservices';
import { SessionConfig } from './session-config.ts';
import { SessionModule } from './session.module.ts';
import { STRATEGY } from './tokens.ts';

await runApp({
  name: 'session',
  config: SessionConfig,
  module: SessionModule,
  watchdogMs: ({ watchdogMs }) => watchdogMs,
  setup: (app) => {
    app.connectMicroservice({ strategy: app.get<CustomTransportStrategy>(STRATEGY) });
  },
});
