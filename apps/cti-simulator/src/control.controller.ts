import { callOf } from '@cordboard/switch-sim';
import { Body, Controller, Delete, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { PlaceCallBody, SendTonesBody } from './call-bodies.ts';
import { AgentView, CallView, toAgentView, toCallView } from './call-view.ts';
import { SwitchDriver, type SwitchOperation } from './switch-driver.ts';
import { orHttpError } from './switch-error.ts';

interface OneCall {
  readonly call: CallView;
}

/** Acts for the world outside the switch. */
@ApiTags('simulated switch')
@Controller('v1')
export class ControlController {
  constructor(private readonly driver: SwitchDriver) {}

  @Post('calls')
  @ApiCreatedResponse({ type: CallView, description: 'The call was placed' })
  @ApiTooManyRequestsResponse({ description: 'The switch has no free line' })
  place(@Body() body: PlaceCallBody): OneCall {
    const { to, from, name, data } = body;
    const [placed] = orHttpError(this.driver.apply({ kind: 'place-call', to, from, name, data }));
    return this.one(placed?.type === 'CallPlaced' ? placed.call : '');
  }

  @Get('calls')
  @ApiOkResponse({ type: [CallView] })
  list(): { readonly calls: readonly CallView[] } {
    return { calls: Object.values(this.driver.state.calls).map(toCallView) };
  }

  @Get('calls/:id')
  @ApiOkResponse({ type: CallView })
  @ApiNotFoundResponse()
  one(@Param('id') id: string): OneCall {
    const call = callOf(this.driver.state, id);
    if (call === undefined) throw new NotFoundException(`there is no call ${id}`);
    return { call: toCallView(call) };
  }

  @Post('calls/:id/answer')
  @HttpCode(200)
  @ApiOkResponse({ type: CallView })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'The outside party is not being rung' })
  answer(@Param('id') id: string): OneCall {
    return this.act(id, { kind: 'outside-answers', call: id });
  }

  @Post('calls/:id/hangup')
  @HttpCode(200)
  @ApiOkResponse({ type: CallView })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'The call has ended' })
  hangUp(@Param('id') id: string): OneCall {
    return this.act(id, { kind: 'outside-hangs-up', call: id });
  }

  @Post('calls/:id/dtmf')
  @HttpCode(200)
  @ApiOkResponse({ type: CallView })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'Nobody is on the call' })
  sendTones(@Param('id') id: string, @Body() { digits }: SendTonesBody): OneCall {
    return this.act(id, { kind: 'outside-sends-tones', call: id, digits });
  }

  @Delete('calls')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'All calls ended and forgotten' })
  clear(): void {
    orHttpError(this.driver.apply({ kind: 'clear-calls' }));
  }

  @Get('agents')
  @ApiOkResponse({ type: [AgentView] })
  agents(): { readonly agents: readonly AgentView[] } {
    return { agents: Object.values(this.driver.state.agents).map(toAgentView) };
  }

  private act(id: string, operation: SwitchOperation): OneCall {
    orHttpError(this.driver.apply(operation));
    return this.one(id);
  }
}
