/** The processes of the product that serve. */
export type AppName = 'session' | 'edge' | 'cti-simulator';

/** Everything that an app may be told by its environment. */
export type SettingName =
  | 'CORDBOARD_DATABASE_URL'
  | 'CORDBOARD_NATS_URL'
  | 'CORDBOARD_NATS_CREDS'
  | 'CORDBOARD_HOST'
  | 'CORDBOARD_TENANT'
  | 'CORDBOARD_PROCESSOR'
  | 'CORDBOARD_TENANT_KEYS'
  | 'CORDBOARD_METRICS_PORT'
  | 'CORDBOARD_EDGE_PORT'
  | 'CORDBOARD_SIMULATOR_PORT'
  | 'CORDBOARD_JWT_SECRET'
  | 'CORDBOARD_ORIGINS'
  | 'CORDBOARD_DEV_TOKENS';

export type Settings = Readonly<Partial<Record<SettingName, string>>>;

const EVERY_APP: readonly SettingName[] = [
  'CORDBOARD_NATS_URL',
  'CORDBOARD_NATS_CREDS',
  'CORDBOARD_TENANT',
  'CORDBOARD_HOST',
  'CORDBOARD_METRICS_PORT',
];

/** Which app is told what. Each gets only this: a secret that an app has no use for never reaches it. */
export const APP_SETTINGS: Readonly<Record<AppName, readonly SettingName[]>> = {
  session: [...EVERY_APP, 'CORDBOARD_DATABASE_URL', 'CORDBOARD_PROCESSOR', 'CORDBOARD_TENANT_KEYS'],
  edge: [
    ...EVERY_APP,
    'CORDBOARD_DATABASE_URL',
    'CORDBOARD_PROCESSOR',
    'CORDBOARD_TENANT_KEYS',
    'CORDBOARD_EDGE_PORT',
    'CORDBOARD_JWT_SECRET',
    'CORDBOARD_ORIGINS',
    'CORDBOARD_DEV_TOKENS',
  ],
  'cti-simulator': [...EVERY_APP, 'CORDBOARD_PROCESSOR', 'CORDBOARD_SIMULATOR_PORT'],
};

/** What comes from the machine rather than from us. */
const INHERITED = [
  ...['PATH', 'HOME', 'TZ', 'LANG', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'],
  ...['CORDBOARD_LOG_LEVEL', 'CORDBOARD_LOG_FORMAT'],
];

/** The whole environment of one app. */
export const appEnvironment = (app: AppName, settings: Settings): Readonly<Record<string, string>> => {
  const inherited = INHERITED.map((name) => [name, process.env[name]] as const);
  const told = APP_SETTINGS[app].map((name) => [name, settings[name]] as const);
  return Object.fromEntries(
    [...inherited, ...told].filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
  );
};
