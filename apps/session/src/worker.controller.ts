import { type BusMessage } from '@cordboard/bus';
import { type Worker } from '@cordboard/engine';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { WORKER } from './tokens.ts';

/** The messages that any worker may take; those of an owned session go straight to its owner. */
@Controller()
export class WorkerController {
  constructor(@Inject(WORKER) private readonly worker: Worker) {}

  @MessagePattern('prepare')
  prepare(@Payload() message: BusMessage): Promise<void> {
    return this.worker.onPrepare(message);
  }

  @MessagePattern('claim')
  claim(@Payload() message: BusMessage): Promise<void> {
    return this.worker.onClaim(message);
  }

  /** The worker that was chosen for the claim is silent. */
  @MessagePattern('claim-by-any')
  claimByAny(@Payload() message: BusMessage): Promise<void> {
    return this.worker.onClaim(message);
  }

  @EventPattern('hello')
  hello(@Payload() message: BusMessage): void {
    this.worker.onHello(message);
  }

  @EventPattern('status')
  status(@Payload() message: BusMessage): void {
    this.worker.onStatus(message);
  }
}
