import { join } from 'node:path';
import {
  APPLICATION_ROLE,
  type DatabaseUrls,
  ensureDatabase,
  type PostgresServer,
  rememberProcess,
  SetupError,
  startPostgres,
} from '@cordboard/embedded';
import { type Installation } from './installation.ts';
import { rollLog } from './rolling-log.ts';
import { supervise } from './supervise.ts';

/** A database to migrate and use, and the name of the role that the apps use. */
export interface Database extends DatabaseUrls {
  readonly applicationRole: string;
}

const fromEnvironment = (env: NodeJS.ProcessEnv): Database | null => {
  const { CORDBOARD_DATABASE_URL: applicationUrl, CORDBOARD_DATABASE_OWNER_URL: ownerUrl } = env;
  if (applicationUrl === undefined && ownerUrl === undefined) return null;
  if (applicationUrl === undefined || ownerUrl === undefined) {
    throw new SetupError('Set both CORDBOARD_DATABASE_URL and CORDBOARD_DATABASE_OWNER_URL, or neither.');
  }
  if (!URL.canParse(applicationUrl)) {
    throw new SetupError(
      'CORDBOARD_DATABASE_URL is not a URL: write postgres://role:password@host:port/database.',
    );
  }
  return { applicationUrl, ownerUrl, applicationRole: decodeURIComponent(new URL(applicationUrl).username) };
};

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
  const named = fromEnvironment(process.env);
  if (named !== null) return named;
  return installation.terminal.step('Postgres', () => startPrivate(installation));
};
