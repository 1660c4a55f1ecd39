import { DEMO_HOUSE_FILE, type Settings, settingsIn } from '@cordboard/embedded';
import { tenantKeysIn } from '@cordboard/event-store';
import { type Installation } from './installation.ts';
import { keepPartitions, migrateDatabase } from './migrate.ts';
import { choosePort } from './ports.ts';
import { type Runtime } from './runtime-file.ts';
import { startApp } from './start-app.ts';
import { type Database } from './named-database.ts';
import { startDatabase } from './start-database.ts';
import { startMessages } from './start-messages.ts';

const TENANT = 'demo';
const PROCESSOR = 'sim';
const WORKERS = ['session-1', 'session-2'] as const;

interface Addresses {
  readonly edgePort: number;
  readonly simulatorPort: number;
  readonly ctiPort: number;
  readonly database: Database;
  readonly natsUrl: string;
}

/** What the environment says goes to the apps too, unless it is for us to say. */
const settingsOf = ({ folder, secrets }: Installation, addresses: Addresses): Settings => ({
  CORDBOARD_JWT_SECRET: secrets.jwtSecret,
  CORDBOARD_TENANT_KEYS: `${TENANT}=${tenantKeysIn(folder.path)(TENANT).toString('base64')}`,
  CORDBOARD_PROCESSOR: PROCESSOR,
  CORDBOARD_HOUSE_FILE: DEMO_HOUSE_FILE,
  ...settingsIn(process.env),
  CORDBOARD_DATABASE_URL: addresses.database.applicationUrl,
  CORDBOARD_NATS_URL: addresses.natsUrl,
  CORDBOARD_HOST: '127.0.0.1',
  CORDBOARD_TENANT: TENANT,
  CORDBOARD_METRICS_PORT: '0',
  CORDBOARD_EDGE_PORT: String(addresses.edgePort),
  CORDBOARD_SIMULATOR_PORT: String(addresses.simulatorPort),
  CORDBOARD_CTI_PORT: String(addresses.ctiPort),
  CORDBOARD_DEV_TOKENS: 'true',
});

const startApps = async (installation: Installation, settings: Settings): Promise<void> => {
  const { terminal, goOn } = installation;
  await terminal.step('session workers', () =>
    Promise.all(WORKERS.map((name) => startApp(installation, { name, kind: 'session', settings }))),
  );
  goOn();
  await terminal.step('edge, simulated switch and gateway', () =>
    Promise.all(
      (['cti-simulator', 'cti-gateway', 'edge'] as const).map((kind) =>
        startApp(installation, { name: kind, kind, settings }),
      ),
    ),
  );
};

/** What runs, and how to end what only this process does. */
export interface Up {
  readonly runtime: Runtime;
  readonly rest: () => void;
}

/** Starts everything, servers first. Whatever was started is in `installation.parts`, also after an error. */
export const bringUp = async (installation: Installation): Promise<Up> => {
  const { terminal, clock, goOn } = installation;
  const edgePort = await choosePort('CORDBOARD_EDGE_PORT', 8080);
  const simulatorPort = await choosePort('CORDBOARD_SIMULATOR_PORT', 8091);
  const ctiPort = await choosePort('CORDBOARD_CTI_PORT', 8093);
  const database = await startDatabase(installation);
  goOn();
  const natsUrl = await startMessages(installation);
  goOn();
  await terminal.step('migrations', () => migrateDatabase(database));
  goOn();
  await startApps(
    installation,
    settingsOf(installation, { edgePort, simulatorPort, ctiPort, database, natsUrl }),
  );
  goOn();
  return {
    runtime: {
      edgeUrl: `http://127.0.0.1:${edgePort}`,
      simulatorUrl: `http://127.0.0.1:${simulatorPort}`,
      ctiUrl: `tcp://127.0.0.1:${ctiPort}`,
      databaseUrl: database.applicationUrl,
      natsUrl,
      tenant: TENANT,
      processor: PROCESSOR,
    },
    rest: keepPartitions(database.ownerUrl, clock, terminal.say),
  };
};
