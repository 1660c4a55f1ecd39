import { type DataSource } from 'typeorm';

/** What the application may do (design K22): the log is written once and never changed. */
const GRANTS: Readonly<Record<string, string>> = {
  events: 'SELECT, INSERT',
  open_sessions: 'SELECT, INSERT, DELETE',
  lanes: 'SELECT, INSERT, UPDATE',
  workers: 'SELECT, INSERT, UPDATE, DELETE',
  snapshots: 'SELECT, INSERT, UPDATE, DELETE',
  followers: 'SELECT, INSERT, UPDATE',
  data_keys: 'SELECT, INSERT, UPDATE (wrapped)',
  data_subjects: 'SELECT, INSERT, DELETE',
};

/** Gives the application's role exactly its rights; run again, it takes away whatever else it was given. */
export const grantTo = (dataSource: DataSource, role: string): Promise<void> =>
  dataSource.transaction(async (manager) => {
    const name = `"${role.replaceAll('"', '""')}"`;
    await manager.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${name}`);
    await manager.query(`REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM ${name}`);
    await manager.query(`GRANT USAGE ON SCHEMA public TO ${name}`);
    for (const [table, rights] of Object.entries(GRANTS)) {
      await manager.query(`GRANT ${rights} ON ${table} TO ${name}`);
    }
  });
