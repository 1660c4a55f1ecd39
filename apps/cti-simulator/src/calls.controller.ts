import { callOf, callsOf } from '@cordboard/switch-sim';
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
import { OutsidePartyBody, PlaceCallBody, SendTonesBody } from './call-bodies.ts';
import { CallsView, OneCallView, toCallView } from './views.ts';
import { SwitchDriver, type SwitchOperation } from './switch-driver.ts';
import { orHttpError } from './switch-error.ts';

/** Acts for those who call and are called outside the switch. */
@ApiTags('simulated switch')
@Controller('v1')
export class CallsController {
  constructor(private readonly driver: SwitchDriver) {}

  @Post('calls')
  @ApiCreatedResponse({ type: OneCallView, description: 'The call was placed' })
  @ApiTooManyRequestsResponse({ description: 'The switch has no free line' })
  place(@Body() body: PlaceCallBody): OneCallView {
    const { to, from, name, data } = body;
    const [placed] = orHttpError(this.driver.apply({ kind: 'place-call', to, from, name, data }));
    return this.one(placed?.type === 'CallPlaced' ? placed.call : '');
  }

  @Get('calls')
  @ApiOkResponse({ type: CallsView })
  list(): CallsView {
    return { calls: callsOf(this.driver.state).map(toCallView) };
  }

  @Get('calls/:id')
  @ApiOkResponse({ type: OneCallView })
  @ApiNotFoundResponse()
  one(@Param('id') id: string): OneCallView {
    const call = callOf(this.driver.state, id);
    if (call === undefined) throw new NotFoundException(`there is no call ${id}`);
    return { call: toCallView(call) };
  }

  @Post('calls/:id/answer')
  @HttpCode(200)
  @ApiOkResponse({ type: OneCallView })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'The outside party is not being rung' })
  answer(@Param('id') id: string, @Body() body?: OutsidePartyBody): OneCallView {
    return this.act(id, { kind: 'outside-answers', call: id, number: body?.number });
  }

  @Post('calls/:id/hangup')
  @HttpCode(200)
  @ApiOkResponse({ type: OneCallView })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'The call has ended' })
  hangUp(@Param('id') id: string, @Body() body?: OutsidePartyBody): OneCallView {
    return this.act(id, { kind: 'outside-hangs-up', call: id, number: body?.number });
  }

  @Post('calls/:id/dtmf')
  @HttpCode(200)
  @ApiOkResponse({ type: OneCallView })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'Nobody is on the call' })
  sendTones(@Param('id') id: string, @Body() { digits }: SendTonesBody): OneCallView {
    return this.act(id, { kind: 'outside-sends-tones', call: id, digits });
  }

  @Delete('calls')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'All calls ended and forgotten' })
  clear(): void {
    orHttpError(this.driver.apply({ kind: 'clear-calls' }));
  }

  private act(id: string, operation: SwitchOperation): OneCallView {
    orHttpError(this.driver.apply(operation));
    return this.one(id);
  }
}
