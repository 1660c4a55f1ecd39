import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { ApiBadRequestResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { SIMULATOR_ADAPTER, type SimulatorAdapter } from '../simulator-adapter.ts';
import { FaultsBody, FaultsView, HangBody } from './fault-bodies.ts';
import { Faults } from './faults.ts';

/** Makes the adapter misbehave, between the switch and Cordboard. */
@ApiTags('faults')
@Controller('v1/faults')
export class FaultsController {
  constructor(
    private readonly faults: Faults,
    @Inject(SIMULATOR_ADAPTER) private readonly adapter: SimulatorAdapter,
  ) {}

  @Get()
  @ApiOkResponse({ type: FaultsView })
  list(): FaultsView {
    const { plan, hits, hungUntil } = this.faults;
    return {
      seed: plan.seed,
      rules: plan.rules.map((rule, index) => ({ ...rule, hits: hits[index] ?? 0 })),
      hungUntil: hungUntil === null ? undefined : new Date(hungUntil).toISOString(),
    };
  }

  @Put()
  @ApiOkResponse({ type: FaultsView, description: 'These rules from now on, and no others' })
  @ApiBadRequestResponse()
  set(@Body() { seed, rules }: FaultsBody): FaultsView {
    this.faults.set({ seed, rules });
    return this.list();
  }

  @Delete()
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'No rules any more' })
  clear(): void {
    this.faults.set();
  }

  @Post('hang')
  @HttpCode(200)
  @ApiOkResponse({
    type: FaultsView,
    description: 'Nothing goes in or out for so long; then everything does',
  })
  @ApiBadRequestResponse()
  hang(@Body() { forMs }: HangBody): FaultsView {
    this.faults.hang(forMs);
    return this.list();
  }

  @Post('restart')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The adapter knows no session any more; the switch goes on' })
  restart(): void {
    this.adapter.restart();
  }
}
