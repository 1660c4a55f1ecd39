/** The processes of the product that serve. */
export type AppName = 'session' | 'edge' | 'cti-simulator' | 'cti-gateway';

const EVERY_APP = [
  'CORDBOARD_NATS_URL',
  'CORDBOARD_NATS_CREDS',
  'CORDBOARD_HOST',
  'CORDBOARD_METRICS_PORT',
] as const;

const READS_THE_LOG = ['CORDBOARD_DATABASE_URL', 'CORDBOARD_TENANT_KEYS'] as const;

/** Which app is told what. Each gets only this: a secret that an app has no use for never reaches it. */
export const APP_SETTINGS = {
  session: [
    ...EVERY_APP,
    ...READS_THE_LOG,
    'CORDBOARD_PROCESSOR',
    'CORDBOARD_RESUME_MS',
    'CORDBOARD_RESUME_POLICY',
    'CORDBOARD_UNBOUND_MS',
    'CORDBOARD_RECONCILE_MS',
    'CORDBOARD_WATCHDOG_MS',
    'CORDBOARD_PASSIVATE_MS',
    'CORDBOARD_HOUSE_FILE',
    'CORDBOARD_DEBUG_CONTEXT',
  ],
  edge: [
    ...EVERY_APP,
    ...READS_THE_LOG,
    'CORDBOARD_EDGE_PORT',
    'CORDBOARD_JWT_SECRET',
    'CORDBOARD_JWKS_URL',
    'CORDBOARD_JWT_ALGORITHM',
    'CORDBOARD_ORIGINS',
    'CORDBOARD_MAX_SOCKETS',
    'CORDBOARD_COMMANDS_PER_SECOND',
    'CORDBOARD_RING_MS',
    'CORDBOARD_DEV_TOKENS',
  ],
  'cti-simulator': [
    ...EVERY_APP,
    'CORDBOARD_TENANT',
    'CORDBOARD_PROCESSOR',
    'CORDBOARD_INSTANCE',
    'CORDBOARD_SIMULATOR_PORT',
    'CORDBOARD_SIMULATOR_AGENTS',
    'CORDBOARD_SIMULATOR_MAX_CALLS',
    'CORDBOARD_SIMULATOR_LOG',
    'CORDBOARD_CTI_URL',
    'CORDBOARD_CTI_TOKEN',
  ],
  'cti-gateway': [
    ...EVERY_APP,
    'CORDBOARD_TENANT',
    'CORDBOARD_INSTANCE',
    'CORDBOARD_CTI_PORT',
    'CORDBOARD_CTI_HOST',
    'CORDBOARD_CTI_MAX_BYTES',
    'CORDBOARD_CTI_PROCESSOR',
    'CORDBOARD_CTI_TOKENS',
    'CORDBOARD_CTI_TLS_CERT',
    'CORDBOARD_CTI_TLS_KEY',
    'CORDBOARD_CTI_TLS_CA',
  ],
} as const;

/** Everything that an app may be told by its environment. */
export type SettingName = (typeof APP_SETTINGS)[AppName][number];

export type Settings = Readonly<Partial<Record<SettingName, string>>>;

/** The settings that an environment holds; an empty one counts as not set. */
export const settingsIn = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const names = new Set<SettingName>(Object.values(APP_SETTINGS).flat());
  const told = [...names].map((name): readonly [SettingName, string] => [name, env[name] ?? '']);
  return Object.fromEntries(told.filter(([, value]) => value !== ''));
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
