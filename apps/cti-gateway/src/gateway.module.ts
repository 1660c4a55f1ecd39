import { CLOCK, LOGGER, METRICS } from '@cordboard/runtime';
import { Module } from '@nestjs/common';
import { GatewayConfig } from './gateway-config.ts';
import { GatewayLife } from './gateway-life.ts';
import { liveBusWatch, liveGateway } from './live-gateway.ts';
import { BUS_WATCH, GATEWAY } from './tokens.ts';

/** The gateway and the watch over its connection to NATS. */
@Module({
  providers: [
    { provide: BUS_WATCH, inject: [GatewayConfig, CLOCK, LOGGER], useFactory: liveBusWatch },
    { provide: GATEWAY, inject: [GatewayConfig, CLOCK, LOGGER, METRICS], useFactory: liveGateway },
    GatewayLife,
  ],
})
export class GatewayModule {}
