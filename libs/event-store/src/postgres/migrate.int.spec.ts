import { applicationRole, type PrivateDatabase, privateDatabase } from '@cordboard/testing';
import { openDataSource } from './data-source.ts';
import { migrate } from './migrate.ts';

describe('migrate', () => {
  let database: PrivateDatabase;
  beforeAll(async () => {
    database = await privateDatabase();
  }, 120_000);
  afterAll(() => database.drop());

  it('leaves tables that match the entities', async () => {
    await migrate(database.ownerUrl, { applicationRole });
    const dataSource = await openDataSource({ url: database.ownerUrl, name: 'spec', connections: 1 });
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
