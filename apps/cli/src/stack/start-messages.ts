import { join } from 'node:path';
import { natsBinary, type NatsServer, rememberProcess, startNats } from '@cordboard/embedded';
import { type Installation } from './installation.ts';
import { rollLog } from './rolling-log.ts';
import { supervise } from './supervise.ts';

const startPrivate = async ({ folder, secrets, clock, terminal, parts }: Installation): Promise<string> => {
  const binary = await natsBinary(folder.bin);
  const logFile = join(folder.logs, 'nats.log');
  let port: number | undefined;
  const start = async (): Promise<NatsServer> => {
    rollLog(logFile);
    const server = await startNats({
      binary,
      dataDir: folder.path,
      logFile,
      user: 'cordboard',
      password: secrets.natsPassword,
      port,
    });
    port = server.port;
    rememberProcess(folder.run, 'nats', server);
    return server;
  };
  const supervision = await supervise({ name: 'nats', start, clock, say: terminal.say });
  parts.add('nats', supervision);
  return supervision.first.url;
};

/** URL of the NATS server that the environment names, else of a private one that is started and watched. */
export const startMessages = async (installation: Installation): Promise<string> => {
  const named = process.env['CORDBOARD_NATS_URL'];
  if (named !== undefined && named !== '') return named;
  return installation.terminal.step('NATS', () => startPrivate(installation));
};
