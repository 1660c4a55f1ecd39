export {
  APP_SETTINGS,
  appEnvironment,
  type AppName,
  type SettingName,
  type Settings,
  settingsIn,
} from './app-environment.ts';
export { type Child, describeExit, type Exit } from './child.ts';
export { DEMO_HOUSE_FILE } from './demo-house.ts';
export { freePort, isPortTaken } from './free-port.ts';
export { natsBinary } from './nats-binary.ts';
export { type NatsOptions, type NatsServer, startNats } from './nats.ts';
export { type NodeApp, type NodeAppOptions, type Ports, startNodeApp } from './node-app.ts';
export { forgetProcess, leftovers, type Remembered, rememberProcess, takePlace } from './pid-file.ts';
export {
  APPLICATION_ROLE,
  type DatabaseSetup,
  type DatabaseUrls,
  ensureDatabase,
  ensureLogin,
  OWNER_ROLE,
  rebaseUrl,
  runStatements,
} from './postgres-databases.ts';
export { postgresUser } from './postgres-user.ts';
export { type PostgresOptions, type PostgresServer, startPostgres } from './postgres.ts';
export {
  endProcess,
  identify,
  isRunning,
  type ProcessIdentity,
  signalProcess,
  waitForEnd,
} from './process-identity.ts';
export { removeServerHome } from './server-home.ts';
export { SetupError } from './setup-error.ts';
