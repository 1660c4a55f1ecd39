import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  NotFoundException,
} from '@nestjs/common';
import { type Request } from 'express';
import { type EdgeSettings } from '../edge-settings.ts';
import { EDGE_SETTINGS } from '../tokens.ts';
import { isLoopbackAddress, isLoopbackHost, isOriginAllowed } from './origin.ts';

const FORWARDED = ['forwarded', 'x-forwarded-for'];

/**
 * Lets only this very machine ask for development tokens, and pages that we serve. To all others the endpoint
 * does not exist: the answer is the one of any unknown path.
 */
@Injectable()
export class DevTokenGuard implements CanActivate {
  constructor(@Inject(EDGE_SETTINGS) private readonly settings: EdgeSettings) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (this.settings.devTokenSecret !== null && isLocal(request) && isJson(request)) return true;
    throw new NotFoundException(`Cannot ${request.method} ${request.originalUrl}`);
  }
}

const isLocal = ({ headers, socket }: Request): boolean =>
  isLoopbackAddress(socket.remoteAddress) &&
  isLoopbackHost(headers) &&
  isOriginAllowed(headers, []) &&
  FORWARDED.every((name) => headers[name] === undefined);

/** A form on a foreign page cannot send JSON without asking first. */
const isJson = ({ headers }: Request): boolean =>
  /^application\/json(\s*;|$)/i.test(headers['content-type'] ?? '');
