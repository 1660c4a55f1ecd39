import { Body, Controller, HttpCode, Inject, Post, UseGuards, ValidationPipe } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import { type EdgePorts } from '../edge-ports.ts';
import { type EdgeSettings } from '../edge-settings.ts';
import { EDGE_PORTS, EDGE_SETTINGS } from '../tokens.ts';
import { DevTokenGuard } from './dev-token.guard.ts';
import { signDevToken } from './dev-token.ts';

const ROLES = ['agent', 'supervisor', 'auditor', 'service'];

class DevTokenBody {
  @Matches(/^(?!CONTROL$)[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
    message: 'agent must be an agent id: 1 to 64 letters, digits, hyphens or underscores',
  })
  agent!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(ROLES.length)
  @IsIn(ROLES, { each: true, message: `roles must be a list of ${ROLES.join(', ')}` })
  roles?: string[];
}

/** Tokens for the demo agents of the embedded default; in production there is an issuer. */
@Controller('dev')
@UseGuards(DevTokenGuard)
export class DevTokenController {
  constructor(
    @Inject(EDGE_SETTINGS) private readonly settings: EdgeSettings,
    @Inject(EDGE_PORTS) private readonly ports: EdgePorts,
  ) {}

  @Post('token')
  @HttpCode(200)
  async token(
    @Body(new ValidationPipe({ transform: true, expectedType: DevTokenBody, forbidUnknownValues: true }))
    body: DevTokenBody,
  ): Promise<{ readonly token: string }> {
    const wish = { agent: body.agent, roles: body.roles ?? ['agent'] };
    return { token: await signDevToken(wish, this.settings.devTokenSecret ?? '', this.ports.clock) };
  }
}
