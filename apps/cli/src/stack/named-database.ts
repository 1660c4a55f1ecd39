import { type DatabaseUrls, SetupError } from '@cordboard/embedded';

/** A database to migrate and use, and the name of the role that the apps use. */
export interface Database extends DatabaseUrls {
  readonly applicationRole: string;
}

const checked = (name: string, value: string): string => {
  if (URL.canParse(value) && new URL(value).username !== '') return value;
  throw new SetupError(`${name} is not understood: write postgres://role:password@host:port/database.`);
};

/** The database that the environment names; null when it names none. Both roles are needed, or neither. */
export const namedDatabase = (env: NodeJS.ProcessEnv): Database | null => {
  const { CORDBOARD_DATABASE_URL: application = '', CORDBOARD_DATABASE_OWNER_URL: owner = '' } = env;
  if (application === '' && owner === '') return null;
  if (application === '' || owner === '') {
    throw new SetupError('Set both CORDBOARD_DATABASE_URL and CORDBOARD_DATABASE_OWNER_URL, or neither.');
  }
  const applicationUrl = checked('CORDBOARD_DATABASE_URL', application);
  return {
    applicationUrl,
    ownerUrl: checked('CORDBOARD_DATABASE_OWNER_URL', owner),
    applicationRole: decodeURIComponent(new URL(applicationUrl).username),
  };
};
