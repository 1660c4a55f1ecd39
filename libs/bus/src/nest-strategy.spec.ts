import { Controller, Inject, Injectable, type LoggerService } from '@nestjs/common';
import { EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { of, throwError } from 'rxjs';
import { answerReceipt, answerResult } from './answers.ts';
import { type BusMessage } from './bus.ts';
import { createMemoryNetwork } from './memory-network.ts';
import { createNestStrategy, type NestStrategyOptions } from './nest-strategy.ts';
import { subjects } from './subjects.ts';

@Injectable()
class Heard {
  readonly messages: string[] = [];
}

@Controller()
class OwnerController {
  constructor(@Inject(Heard) private readonly heard: Heard) {}

  @MessagePattern('prepare')
  async prepare(@Payload() message: BusMessage): Promise<unknown> {
    const tenant = message.address?.kind === 'prepare' ? message.address.tenant : null;
    if (message.body === 'raise') throw new Error('the database said: password 123');
    if (message.body === 'hang') await new Promise(() => undefined);
    return { tenant, heard: message.body };
  }

  @MessagePattern('claim')
  claim(@Payload() message: BusMessage): unknown {
    if (message.body === 'raise') return throwError(() => new Error('no'));
    if (message.body === 'observable') return of({ ok: true });
    answerReceipt(message);
    answerResult(message, 'by itself');
    return undefined;
  }

  @EventPattern('status')
  status(@Payload() message: BusMessage): void {
    if (message.body === 'raise') throw new Error('bad status');
    this.heard.messages.push(message.body);
  }
}

@Controller()
class OddController {
  @MessagePattern('unheard-of')
  odd(): void {}
}

const start = async (
  options?: NestStrategyOptions,
  controller: new (heard: Heard) => object = OwnerController,
) => {
  const logged: string[] = [];
  const write = (message: unknown): void => void logged.push(String(message));
  const logger: LoggerService = { log: () => undefined, error: write, warn: write };
  const network = createMemoryNetwork();
  const module = await Test.createTestingModule({ controllers: [controller], providers: [Heard] })
    .setLogger(logger)
    .compile();
  const app = module.createNestMicroservice({ strategy: createNestStrategy(network.connect(), options) });
  await app.listen();
  return { app, bus: network.connect(), heard: module.get(Heard), logged };
};

const ask = { timeoutMs: 1_000 };
const prepare = subjects.prepare('demo');
const claim = subjects.claim('demo');

describe('Nest controllers on the bus', () => {
  it('get the message and answer by what they return', async () => {
    const { app, bus } = await start();
    expect(await bus.request(prepare, '{}', ask)).toMatchObject({
      ok: true,
      value: { body: '{"tenant":"demo","heard":"{}"}', headers: { reply: 'result' } },
    });
    expect(await bus.request(claim, 'observable', ask)).toMatchObject({ value: { body: '{"ok":true}' } });
    await app.close();
  });

  it('may answer by themselves, as often as they like', async () => {
    const { app, bus } = await start();
    const replies: unknown[] = [];
    bus.ask(claim, '{}', {
      onReply: ({ body, headers }) => replies.push([headers.reply, body]),
      onNoResponders: (why) => replies.push(why),
    });
    await new Promise(setImmediate);
    expect(replies).toEqual([
      ['receipt', ''],
      ['result', 'by itself'],
    ]);
    await app.close();
  });

  it('harm nobody when they raise: logged, and answered without the reason', async () => {
    const { app, bus, heard, logged } = await start();
    const failed = await bus.request(prepare, 'raise', ask);
    expect(failed).toMatchObject({
      value: { body: expect.stringContaining('SERVICE_UNAVAILABLE') as string },
    });
    expect(JSON.stringify(failed)).not.toContain('password 123');
    expect(logged.join()).toContain('password 123');
    bus.publish(subjects.ctiStatus('demo', 'sim'), 'raise');
    bus.publish(subjects.ctiStatus('demo', 'sim'), 'fine');
    await new Promise(setImmediate);
    expect(heard.messages).toEqual(['fine']);
    expect(logged.join()).toContain('bad status');
    await app.close();
  });

  it('leave a failed claim unanswered, because its sender asks again', async () => {
    const { app, bus } = await start();
    const replies: string[] = [];
    bus.ask(claim, 'raise', {
      onReply: ({ body }) => replies.push(body),
      onNoResponders: (why) => replies.push(why),
    });
    await new Promise(setImmediate);
    expect(replies).toEqual([]);
    await app.close();
  });

  it('turn away what is too much', async () => {
    const overloads: string[] = [];
    const { app, bus } = await start({ maxInFlight: 1, onOverload: (pattern) => overloads.push(pattern) });
    expect(await bus.request(prepare, '1', ask)).toMatchObject({
      value: { body: '{"tenant":"demo","heard":"1"}' },
    });
    expect(await bus.request(prepare, '2', ask)).toMatchObject({
      value: { body: '{"tenant":"demo","heard":"2"}' },
    });
    bus.publish(prepare, 'hang');
    expect(await bus.request(prepare, '{}', ask)).toMatchObject({
      value: { body: expect.stringContaining('overloaded') as string },
    });
    expect(overloads).toEqual(['prepare']);
    await app.close();
  });

  it('hear nothing more once closed', async () => {
    const { app, bus } = await start();
    await app.close();
    expect(await bus.request(prepare, '{}', ask)).toEqual({ ok: false, error: 'no-responders' });
  });

  it('must name a pattern that has a subject', async () => {
    await expect(start({}, OddController)).rejects.toThrow('no subject for the pattern unheard-of');
  });
});
