import { createLogger, type LoggerOptions } from './logger.ts';
import { toNestLogger } from './nest-logger.ts';

const open = (options: Partial<LoggerOptions> = {}) => {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line) };
  const logger = createLogger({ name: 'edge', level: 'debug', format: 'json', destination, ...options });
  const lines = () => written.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, lines, written };
};

describe('the logger', () => {
  it('writes one JSON object a line', () => {
    const { logger, lines, written } = open();
    logger.info('ready', { ports: { http: 8080 } });
    expect(lines()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
        app: 'edge',
        pid: process.pid,
        ports: { http: 8080 },
        msg: 'ready',
      },
    ]);
    expect(written[0]).toMatch(/\}\n$/);
  });

  it('writes a readable line as text, with the stack of an error below it', () => {
    const { logger, written } = open({ format: 'text' });
    logger.warn('slow', { ms: 12, where: 'appender' });
    logger.error('failed', { error: new Error('broken pipe') });
    expect(written[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}edge: slow ms=12 where=appender\n$/);
    expect(written[1]).toMatch(/ERROR edge: failed error=broken pipe\nError: broken pipe\n {4}at /);
  });

  it('writes nothing below its level', () => {
    const { logger, written } = open({ level: 'warn' });
    logger.debug('no');
    logger.info('no');
    logger.warn('yes');
    expect(written).toHaveLength(1);
  });

  it('hides secrets by key and in texts', () => {
    const { logger, written } = open();
    const error = Object.assign(new Error('connect postgres://app:hunter2@db/x failed'), {
      password: 'hunter2',
    });
    logger.error('Bearer hunter2 was refused at nats://u:hunter2@host', {
      error,
      request: {
        data: { agent: { id: '1001', password: 'hunter2' } },
        headers: [{ Authorization: 'hunter2' }],
      },
      jwtSecret: 'hunter2',
      protocols: 'cordboard.v1, bearer.hunter2',
    });
    expect(written.join()).not.toContain('hunter2');
    expect(written.join()).toContain('1001');
  });

  it('survives what cannot be written as JSON', () => {
    const { logger, lines } = open();
    const circle: Record<string, unknown> = { big: 12n, missing: undefined };
    circle.self = circle;
    logger.info('odd', { circle, list: Array.from({ length: 5_000 }, () => 'x'), long: 'y'.repeat(100_000) });
    expect(lines()).toHaveLength(1);
    expect(JSON.stringify(lines()).length).toBeLessThan(20_000);
  });

  it('speaks for Nest, without the narration of its start', () => {
    const { logger, lines } = open({ level: 'info' });
    const nest = toNestLogger(logger);
    nest.log('AppModule dependencies initialized', 'InstanceLoader');
    nest.log('listening', 'Edge');
    nest.error(new Error('boom'), 'ExceptionsHandler');
    nest.error('boom', 'Error: boom\n  at x', 'Place');
    expect(lines()).toEqual([
      expect.objectContaining({ level: 'info', msg: 'listening', where: 'Edge' }),
      expect.objectContaining({ level: 'error', msg: 'boom', where: 'ExceptionsHandler' }),
      expect.objectContaining({ level: 'error', msg: 'boom', where: 'Place', stack: 'Error: boom\n  at x' }),
    ]);
  });
});
