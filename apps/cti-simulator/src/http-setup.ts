import { type IncomingMessage, type ServerResponse } from 'node:http';
import { BadRequestException, type INestApplication, ValidationPipe } from '@nestjs/common';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { type ValidationError } from 'class-validator';

const BODY_LIMIT = '64kb';
const UNSUPPORTED = { statusCode: 415, error: 'unsupported', message: 'the body must be application/json' };

const wordsOf = ({ constraints = {}, children = [] }: ValidationError): readonly string[] => [
  ...Object.values(constraints),
  ...children.flatMap(wordsOf),
];

const refuse = (errors: readonly ValidationError[]): BadRequestException => {
  const message = errors.flatMap(wordsOf).join('; ');
  return new BadRequestException({ statusCode: 400, error: 'invalid', message });
};

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** A body that is not JSON would be taken for none; a page of another origin can send it without asking first. */
const jsonOnly = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (!hasBody(request) || type === 'application/json') return next();
  response.writeHead(415, { 'content-type': 'application/json' }).end(JSON.stringify(UNSUPPORTED));
};

/** Bodies are JSON of at most 64 KiB and checked; the description of the API is at `/docs`. */
export const setUpHttp = (app: INestApplication): void => {
  app.use(jsonOnly);
  (app as NestExpressApplication).useBodyParser('json', { limit: BODY_LIMIT });
  app.useGlobalPipes(
    new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, exceptionFactory: refuse }),
  );
  const description = new DocumentBuilder()
    .setTitle('Cordboard simulated switch')
    .setDescription('Places calls to the simulated switch and acts for the parties outside it.')
    .setVersion('1')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, description));
};
