import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { Admission } from './access/admission.ts';
import { DevTokenController } from './access/dev-token.controller.ts';
import { DevTokenGuard } from './access/dev-token.guard.ts';
import { type EdgePorts } from './edge-ports.ts';
import { type EdgeSettings } from './edge-settings.ts';
import { AgentGateway } from './socket/agent.gateway.ts';
import { EDGE_PORTS, EDGE_SETTINGS } from './tokens.ts';

const admission: Provider = {
  provide: Admission,
  inject: [EDGE_PORTS, EDGE_SETTINGS],
  useFactory: ({ verify }: EdgePorts, { origins, maxSockets }: EdgeSettings) =>
    new Admission({ verify, origins, maxSockets }),
};

/** The edge, given providers of `EDGE_PORTS` and `EDGE_SETTINGS`. */
@Module({})
export class EdgeModule {
  static with(providers: readonly Provider[]): DynamicModule {
    return {
      module: EdgeModule,
      controllers: [DevTokenController],
      providers: [...providers, admission, DevTokenGuard, AgentGateway],
    };
  }
}
