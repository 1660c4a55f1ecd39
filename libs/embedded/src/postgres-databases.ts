import pg from 'pg';

/** The two roles of the product (design K22) and the database they share. */
export interface DatabaseSetup {
  readonly adminUrl: string;
  readonly database: string;
  readonly ownerPassword: string;
  readonly applicationPassword: string;
}

export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly applicationUrl: string;
}

export const OWNER_ROLE = 'cordboard_owner';
export const APPLICATION_ROLE = 'cordboard_app';

/** The same server, another database or role. */
export const rebaseUrl = (
  url: string,
  database: string,
  role?: { name: string; password: string },
): string => {
  const rebased = new URL(url);
  rebased.pathname = `/${database}`;
  if (role !== undefined) {
    rebased.username = role.name;
    rebased.password = role.password;
  }
  return rebased.toString();
};

/** Runs statements one by one on a connection of their own. */
export const runStatements = async (url: string, statements: readonly string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

const exists = async (client: pg.Client, query: string, name: string): Promise<boolean> =>
  ((await client.query(query, [name])).rowCount ?? 0) > 0;

const ensureRole = async (client: pg.Client, role: string, password: string): Promise<void> => {
  const present = await exists(client, 'SELECT 1 FROM pg_roles WHERE rolname = $1', role);
  const verb = present ? 'ALTER' : 'CREATE';
  await client.query(
    `${verb} ROLE ${client.escapeIdentifier(role)} LOGIN PASSWORD ${client.escapeLiteral(password)}`,
  );
};

/** Makes a role that may sign in, or sets its password again; `url` is of a role that may make roles. */
export const ensureLogin = async (url: string, role: string, password: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await ensureRole(client, role, password);
  } finally {
    await client.end();
  }
};

/** Makes the roles and the database, or sets the passwords again; what is in the database is left alone. */
export const ensureDatabase = async (setup: DatabaseSetup): Promise<DatabaseUrls> => {
  const client = new pg.Client({ connectionString: setup.adminUrl });
  await client.connect();
  try {
    await ensureRole(client, OWNER_ROLE, setup.ownerPassword);
    await ensureRole(client, APPLICATION_ROLE, setup.applicationPassword);
    if (!(await exists(client, 'SELECT 1 FROM pg_database WHERE datname = $1', setup.database))) {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(setup.database)} OWNER ${OWNER_ROLE}`);
    }
  } finally {
    await client.end();
  }
  const url = (name: string, password: string): string =>
    rebaseUrl(setup.adminUrl, setup.database, { name, password });
  return {
    ownerUrl: url(OWNER_ROLE, setup.ownerPassword),
    applicationUrl: url(APPLICATION_ROLE, setup.applicationPassword),
  };
};
