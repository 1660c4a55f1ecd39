import { queueFigures, queueOf } from '@cordboard/switch-sim';
import { Body, ConflictException, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiBadRequestResponse, ApiConflictResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Outage } from './outage.ts';
import { QueuesView, RestartBody, RestartView, SettingsBody, SettingsView } from './switch-bodies.ts';
import { SwitchDriver } from './switch-driver.ts';
import { orHttpError } from './switch-error.ts';

const RESTART_MS = 1_000;

/** The switch as a whole: its queues, how long it lets things alert, and its restart. */
@ApiTags('simulated switch')
@Controller('v1')
export class SwitchController {
  constructor(
    private readonly driver: SwitchDriver,
    private readonly outage: Outage,
  ) {}

  @Get('queues')
  @ApiOkResponse({ type: QueuesView })
  queues(): QueuesView {
    const { state, clock } = this.driver;
    return {
      queues: queueFigures(state, clock.now()).map((queue) => ({
        ...queue,
        skill: queueOf(state, queue.id)?.skill ?? undefined,
      })),
    };
  }

  @Get('settings')
  @ApiOkResponse({ type: SettingsView })
  settings(): SettingsView {
    return this.driver.state.patience;
  }

  @Put('settings')
  @ApiOkResponse({ type: SettingsView, description: 'From now on; what alerts already keeps its time' })
  @ApiBadRequestResponse()
  change(@Body() { queueCallMs, queueContactMs, directMs }: SettingsBody): SettingsView {
    const patience = { queueCallMs, queueContactMs, directMs };
    orHttpError(this.driver.apply({ kind: 'set-patience', patience }));
    return this.settings();
  }

  @Post('restart')
  @HttpCode(200)
  @ApiOkResponse({ type: RestartView, description: 'The switch is STOPPED, and STARTED again after a while' })
  @ApiBadRequestResponse()
  @ApiConflictResponse({ description: 'It restarts already' })
  restart(@Body() { calls, afterMs = RESTART_MS }: RestartBody): RestartView {
    if (this.outage.isOn) throw new ConflictException('the switch restarts already');
    this.outage.begin(afterMs);
    if (calls === 'lost') orHttpError(this.driver.apply({ kind: 'restart' }));
    return { status: 'STOPPED', calls, afterMs };
  }
}
