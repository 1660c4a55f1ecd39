import { join } from 'node:path';
import {
  APPLICATION_ROLE,
  ensureDatabase,
  type PostgresServer,
  rememberProcess,
  startPostgres,
} from '@cordboard/embedded';
import { type Installation } from './installation.ts';
import { type Database, namedDatabase } from './named-database.ts';
import { rollLog } from './rolling-log.ts';
import { supervise } from './supervise.ts';

const startPrivate = async ({ folder, secrets, clock, terminal, parts }: Installation): Promise<Database> => {
  const logFile = join(folder.logs, 'postgres.log');
  let port: number | undefined;
  const start = async (): Promise<PostgresServer> => {
    rollLog(logFile);
    const server = await startPostgres({
      dataDir: folder.path,
      logFile,
      password: secrets.superuserPassword,
      port,
    });
    port = server.port;
    rememberProcess(folder.run, 'postgres', server);
    return server;
  };
  const supervision = await supervise({ name: 'postgres', start, clock, say: terminal.say });
  parts.add('postgres', supervision);
  const urls = await ensureDatabase({
    adminUrl: supervision.first.adminUrl,
    database: 'cordboard',
    ownerPassword: secrets.ownerPassword,
    applicationPassword: secrets.applicationPassword,
  });
  return { ...urls, applicationRole: APPLICATION_ROLE };
};

/** The database that the environment names, else a private one that is started and watched. */
export const startDatabase = async (installation: Installation): Promise<Database> => {
  const named = namedDatabase(process.env);
  if (named !== null) return named;
  return installation.terminal.step('Postgres', () => startPrivate(installation));
};
