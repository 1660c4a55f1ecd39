import { agentOf, agentsOf, phoneOperation } from '@cordboard/switch-sim';
import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiConflictResponse, ApiNotFoundResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PhoneBody } from './phone-body.ts';
import { SwitchDriver } from './switch-driver.ts';
import { orHttpError } from './switch-error.ts';
import { AgentsView, OneAgentView, toAgentView } from './views.ts';

/** Shows the agents, and acts for them at the phone itself. */
@ApiTags('simulated switch')
@Controller('v1/agents')
export class AgentsController {
  constructor(private readonly driver: SwitchDriver) {}

  @Get()
  @ApiOkResponse({ type: AgentsView })
  list(): AgentsView {
    return { agents: agentsOf(this.driver.state).map(toAgentView) };
  }

  @Get(':id')
  @ApiOkResponse({ type: OneAgentView })
  @ApiNotFoundResponse()
  one(@Param('id') id: string): OneAgentView {
    const agent = agentOf(this.driver.state, id);
    if (agent === undefined) throw new NotFoundException(`there is no agent ${id}`);
    return { agent: toAgentView(agent) };
  }

  @Post(':id/phone')
  @HttpCode(200)
  @ApiOkResponse({ type: OneAgentView })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'The phone cannot do that now' })
  use(@Param('id') id: string, @Body() body: PhoneBody): OneAgentView {
    orHttpError(this.driver.apply(orHttpError(phoneOperation(this.driver.state, { ...body, agent: id }))));
    return this.one(id);
  }
}
