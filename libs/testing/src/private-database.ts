import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  APPLICATION_ROLE,
  type DatabaseUrls,
  ensureDatabase,
  OWNER_ROLE,
  rebaseUrl,
  rememberProcess,
  runStatements,
  startPostgres,
} from '@cordboard/embedded';
import { oncePerRun } from './once-per-run.ts';
import { runFolder } from './run-folder.ts';

/** A migrated database of one's own. */
export interface PrivateDatabase extends DatabaseUrls {
  /** URL of the superuser on this database, for tests that end backends or look behind the roles. */
  readonly adminUrl: string;
  readonly drop: () => Promise<void>;
}

interface TestServer extends DatabaseUrls {
  readonly adminUrl: string;
}

/** Name of the role that applications use in every private database. */
export const applicationRole = APPLICATION_ROLE;

const TEMPLATE = 'cordboard_template';
const secret = (): string => randomBytes(18).toString('base64url');

const startTestServer = async (): Promise<TestServer> => {
  const dataDir = join(runFolder(), 'data');
  const server = await startPostgres({
    dataDir,
    logFile: join(runFolder(), 'postgres.log'),
    password: secret(),
    durable: false,
  });
  rememberProcess(runFolder(), 'postgres', server);
  server.release();
  const urls = await ensureDatabase({
    adminUrl: server.adminUrl,
    database: TEMPLATE,
    ownerPassword: secret(),
    applicationPassword: secret(),
  });
  // Only the worker that makes the template pays for loading the store.
  const { migrate } = await import('@cordboard/event-store');
  await migrate(urls.ownerUrl, { applicationRole });
  return { adminUrl: server.adminUrl, ...urls };
};

const quote = (name: string): string => `"${name}"`;

/**
 * A database of one's own on the one server of the test run, cloned from a template that was migrated once.
 * `drop` ends its connections too; what is not dropped goes with the run.
 */
export const privateDatabase = async (): Promise<PrivateDatabase> => {
  const server = await oncePerRun('database-server', startTestServer);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runStatements(server.adminUrl, [
    `CREATE DATABASE ${quote(name)} OWNER ${OWNER_ROLE} TEMPLATE ${TEMPLATE}`,
  ]);
  return {
    ownerUrl: rebaseUrl(server.ownerUrl, name),
    applicationUrl: rebaseUrl(server.applicationUrl, name),
    adminUrl: rebaseUrl(server.adminUrl, name),
    drop: async () => {
      await runStatements(server.adminUrl, [`DROP DATABASE IF EXISTS ${quote(name)} WITH (FORCE)`]);
    },
  };
};
